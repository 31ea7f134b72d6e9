"""Takes libtensorflow and its C headers out of a tensorflow wheel.

usage: take_libtensorflow.py FOLDER_WITH_THE_WHEEL DESTINATION
makes DESTINATION/lib, DESTINATION/include and DESTINATION/LICENSE.tensorflow, and deletes the wheel
"""

import pathlib
import shutil
import sys
import zipfile

LIBRARIES = {"tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2"}
HEADERS = (
    "tensorflow/include/tensorflow/c/",
    "tensorflow/include/tensorflow/core/platform/ctstring",
    "tensorflow/include/tensorflow/tsl/",
    "tensorflow/include/tsl/",
    "tensorflow/include/xla/tsl/",
)


def place(name: str) -> str | None:
    """Where a file of the wheel goes, relative to the destination; None: it is not needed."""
    if name in LIBRARIES:
        return "lib/" + name.rsplit("/", 1)[1]
    if name.startswith(HEADERS) and name.endswith(".h"):
        return name.removeprefix("tensorflow/")
    if ".dist-info/" in name and name.endswith("LICENSE"):
        return "LICENSE.tensorflow"
    return None


def main() -> int:
    folder, destination = map(pathlib.Path, sys.argv[1:])
    (wheel,) = folder.glob("*.whl")
    taken = set()
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            where = place(name)
            if where is None:
                continue
            target = destination / where
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            taken.add(name)
    wheel.unlink()
    missing = LIBRARIES - taken
    if missing:
        print(f"take_libtensorflow: the wheel lacks {', '.join(sorted(missing))}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
