"""Writes src/data/speechFrames.ts: the ten digits spoken by eSpeak NG, as MFCC frames.

Needs NumPy and libespeak-ng (Debian: libespeak-ng1, made with 1.51). Run from the project's
folder:
    python3 src/data/prepare/speech.py

How a frame is made: sound at 22,050 Hz, white noise added, pre-emphasis 0.97, a Hamming window of
512 samples every 353 samples (16 ms), power spectrum, 26 triangular mel filters up to 8 kHz,
logarithm, discrete cosine transform, the first 13 coefficients. Over all frames each coefficient
is brought to mean 0 and standard deviation 1 and stored as a signed byte in steps of 1/32.

The synthesiser names the phonemes with their times; a frame gets the one that sounds at its centre.
"""

import base64
import ctypes
from itertools import groupby
from pathlib import Path

import numpy as np

DIGITS = "zero one two three four five six seven eight nine".split()
VOICES = """en-us+m1 en-us+f2 en-us+m3 en-us-nyc+f3 en+f1 en+m7 en-gb-scotland+m2
en-gb-scotland+f4 en-gb-x-rp+m4 en-gb-x-rp+f2 en-gb-x-gbcwmd+m6 en-029+f1""".split()
TAKES = 4
SEED = 1
ACCENTS = {"aI2": "aI", "O@": "o@"}  # the same sound in another accent
SILENCE = "-"
RATE, WINDOW, HOP, FILTERS, KEPT = 22050, 512, 353, 26, 13

HEADER = """\
// Made by src/data/prepare/speech.py: do not edit. Provenance: src/data/README.md.
/**
 * One utterance a line: the digit, the speaker, the phoneme of each frame as runs
 * ("s*6 E*4": six frames of s, four of E), a bar, and the frames in base64: 13 signed bytes each.
 */
export const speechFrames: string = `
"""


class Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h; the last field is a union of 8 bytes."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("name", ctypes.c_char * 8),
    ]


Callback = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event)
)
SYNCHRONOUS, PHONEME_EVENTS, PHONEME_EVENT, UTF8 = 2, 1, 7, 1
RATE_PARAMETER, PITCH_PARAMETER = 1, 3


class Speaker:
    """eSpeak NG, through its C interface: text in, samples and timed phonemes out."""

    def __init__(self) -> None:
        self.library = ctypes.CDLL("libespeak-ng.so.1")
        rate = self.library.espeak_Initialize(SYNCHRONOUS, 0, None, PHONEME_EVENTS)
        if rate != RATE:
            raise SystemExit(f"speech.py: eSpeak NG speaks at {rate} Hz: expected {RATE}")
        self.samples: list[np.ndarray] = []
        self.phonemes: list[tuple[float, str]] = []
        self.callback = Callback(self.receive)
        self.library.espeak_SetSynthCallback(self.callback)

    def receive(self, wave, count, events) -> int:
        if wave and count:
            self.samples.append(np.ctypeslib.as_array(wave, (count,)).astype(float))
        i = 0
        while events[i].type != 0:
            if events[i].type == PHONEME_EVENT:
                start = events[i].audio_position / 1000
                self.phonemes.append((start, events[i].name.decode("utf-8")))
            i += 1
        return 0

    def say(self, text: str, voice: str, words_a_minute: int, pitch: int):
        self.samples, self.phonemes = [], []
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise SystemExit(f"speech.py: no such voice: {voice}")
        self.library.espeak_SetParameter(RATE_PARAMETER, words_a_minute, 0)
        self.library.espeak_SetParameter(PITCH_PARAMETER, pitch, 0)
        data = text.encode() + b"\0"
        self.library.espeak_Synth(data, len(data), 0, 0, 0, UTF8, None, None)
        self.library.espeak_Synchronize()
        return np.concatenate(self.samples) / 32768, self.phonemes


def mel(hertz):
    return 2595 * np.log10(1 + np.asarray(hertz) / 700)


def mel_filters() -> np.ndarray:
    """(26, 257): triangles whose corners are evenly spaced in mel."""
    corners = 700 * (10 ** (np.linspace(0, mel(8000), FILTERS + 2) / 2595) - 1)
    bins = np.arange(WINDOW // 2 + 1) * RATE / WINDOW
    rising = (bins - corners[:-2, None]) / (corners[1:-1] - corners[:-2])[:, None]
    falling = (corners[2:, None] - bins) / (corners[2:] - corners[1:-1])[:, None]
    return np.maximum(0, np.minimum(rising, falling))


def mfcc(sound: np.ndarray) -> np.ndarray:
    """(frames, 13)"""
    emphasised = np.append(sound[0], sound[1:] - 0.97 * sound[:-1])
    starts = range(0, len(sound) - WINDOW + 1, HOP)
    frames = np.stack([emphasised[s : s + WINDOW] for s in starts]) * np.hamming(WINDOW)
    power = np.abs(np.fft.rfft(frames)) ** 2 / WINDOW
    energy = np.log(power @ mel_filters().T + 1e-9)
    k, n = np.arange(KEPT)[:, None], np.arange(FILTERS)
    return energy @ np.cos(np.pi * k * (2 * n + 1) / (2 * FILTERS)).T


def trimmed(sound: np.ndarray) -> tuple[int, int]:
    """First and last sample of what is louder than a hundredth of the loudest, plus 20 ms."""
    loud = np.flatnonzero(np.abs(sound) > 0.01 * np.abs(sound).max())
    margin = RATE // 50
    return max(0, loud[0] - margin), min(len(sound), loud[-1] + margin)


def phoneme_at(seconds: float, phonemes: list[tuple[float, str]]) -> str:
    sounding = [name for start, name in phonemes if start <= seconds]
    name = sounding[-1] if sounding else ""
    name = name.strip("'_,:;|[")
    return ACCENTS.get(name, name) or SILENCE


def main() -> None:
    random = np.random.default_rng(SEED)
    speaker = Speaker()
    utterances = []
    for voice in VOICES:
        for digit, word in enumerate(DIGITS):
            for _ in range(TAKES):
                speed = int(random.integers(110, 190))
                pitch = int(random.integers(25, 75))
                sound, phonemes = speaker.say(word, voice, speed, pitch)
                first, last = trimmed(sound)
                sound = sound[first:last]
                level = np.sqrt(np.mean(sound**2)) * 10 ** -random.uniform(1, 2)  # 20 to 40 dB
                frames = mfcc(sound + level * random.standard_normal(len(sound)))
                centres = (first + WINDOW / 2 + HOP * np.arange(len(frames))) / RATE
                names = [phoneme_at(seconds, phonemes) for seconds in centres]
                utterances.append((digit, voice, names, frames))

    every = np.concatenate([frames for *_, frames in utterances])
    mean, deviation = every.mean(axis=0), every.std(axis=0)
    lines = []
    for digit, voice, names, frames in utterances:
        scaled = np.clip(np.rint(32 * (frames - mean) / deviation), -127, 127).astype(np.int8)
        runs = " ".join(f"{name}*{len(list(run))}" for name, run in groupby(names))
        packed = base64.b64encode(scaled.tobytes()).decode()
        lines.append(f"{digit} {voice} {runs}|{packed}")
    target = Path("src/data/speechFrames.ts")
    target.write_text(HEADER + "\n".join(lines) + "\n`;\n", encoding="utf-8")
    lengths = [len(frames) for *_, frames in utterances]
    print(len(lines), "utterances,", min(lengths), "to", max(lengths), "frames,", sum(lengths))


main()
