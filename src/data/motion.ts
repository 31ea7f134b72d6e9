/**
 * A stick figure that walks, waves, jumps or sits down and stands up again (synthetic).
 *
 * A clip begins and ends with the figure standing still, so that its last frame says nothing: what
 * it did must be remembered. Clips differ in length, speed, phase, the body's proportions and the
 * camera's noise.
 */
import { seededRandom } from "../core/random.js";
import type { Random } from "../core/random.js";
import { numberTrack, splitGroups, tokenTrack } from "./dataSet.js";
import type { ApplicationInfo, DataSet } from "./dataSet.js";

/** What the figure does in a clip. */
export type Activity = "walk" | "wave" | "jump" | "sit";

/** One clip. */
export interface MotionExample {
  /** T_x frames of 22 numbers: x and y of each joint, in body heights, feet at y = 0. */
  readonly x: readonly (readonly number[])[];
  readonly y: Activity;
  /** The frames with the action are those from `from` to `to`, counted from 1. */
  readonly from: number;
  readonly to: number;
}

const activities: readonly Activity[] = ["walk", "wave", "jump", "sit"];
const seed = 6;
const clipsEach = 100;

/** The joints in the order of the coordinates. */
export const joints: readonly string[] = [
  ..."head neck leftElbow leftHand rightElbow rightHand hip leftKnee leftFoot rightKnee rightFoot".split(
    " ",
  ),
];
/** Pairs of joints that a bone connects: what a picture of the figure draws. */
export const bones: readonly (readonly [string, string])[] = [
  ["head", "neck"],
  ["neck", "leftElbow"],
  ["leftElbow", "leftHand"],
  ["neck", "rightElbow"],
  ["rightElbow", "rightHand"],
  ["neck", "hip"],
  ["hip", "leftKnee"],
  ["leftKnee", "leftFoot"],
  ["hip", "rightKnee"],
  ["rightKnee", "rightFoot"],
];
/** What each of a frame's 22 numbers is: "head x", "head y", … */
export const coordinates: readonly string[] = joints.flatMap((joint) => [
  `${joint} x`,
  `${joint} y`,
]);

/** What is known about the clips. */
export const motionInfo: ApplicationInfo = {
  id: "motion",
  title: "A stick figure's movements",
  application: "video activity recognition",
  source: "a simulation of this pack (src/data/motion.ts)",
  licence: "MIT, as the pack",
  synthetic: true,
  x: "a frame: two coordinates of each of 11 joints",
  y: "what the figure does: walk, wave, jump or sit",
  T_x: [28, 59],
  T_y: [1, 1],
  timeline: async () => {
    const { examples } = await motion();
    const clip = examples.find(({ y }) => y === "jump")!;
    return {
      input: numberTrack(clip.x, coordinates),
      output: tokenTrack([clip.y], activities),
    };
  },
};

/**
 * 400 clips, 100 of each activity.
 *
 * @returns the examples, the four activities and the split; frames are numbers, so there are no
 *   tokens
 */
export async function motion(): Promise<DataSet<MotionExample>> {
  const random = seededRandom(seed);
  const examples = Array.from({ length: clipsEach * activities.length }, (_, i) =>
    clip(activities[i % activities.length]!, random),
  );
  // A round holds one clip of each activity, so that both parts of the split are balanced.
  const rounds = new Map(
    examples.map((example, i) => [example, Math.floor(i / activities.length)]),
  );
  return {
    info: motionInfo,
    examples,
    labels: activities,
    tokens: [],
    split: splitGroups(examples, (e) => rounds.get(e)!, examples.length / 5, random),
  };
}

/** Angles in radians from hanging straight down, forward positive; elbows and knees bend. */
interface Pose {
  readonly lean: number;
  readonly leftArm: number;
  readonly leftElbow: number;
  readonly rightArm: number;
  readonly rightElbow: number;
  readonly leftLeg: number;
  readonly leftKnee: number;
  readonly rightLeg: number;
  readonly rightKnee: number;
  /** How far the feet are above the floor, in body heights. */
  readonly lift: number;
}

const standing: Pose = {
  lean: 0,
  leftArm: 0.08,
  leftElbow: 0.1,
  rightArm: -0.08,
  rightElbow: 0.1,
  leftLeg: 0.05,
  leftKnee: 0,
  rightLeg: -0.05,
  rightKnee: 0,
  lift: 0,
};

/** The pose at the moment `u` of the action (0 to 1), for a phase in radians. */
const poses: Readonly<Record<Activity, (u: number, phase: number) => Pose>> = {
  walk: (u, phase) => {
    const swing = fade(u) * Math.sin(phase);
    return {
      ...standing,
      lean: 0.05 * fade(u),
      leftArm: standing.leftArm - 0.5 * swing,
      rightArm: standing.rightArm + 0.5 * swing,
      leftLeg: standing.leftLeg + 0.5 * swing,
      rightLeg: standing.rightLeg - 0.5 * swing,
      leftKnee: 0.5 * fade(u) * Math.max(0, Math.cos(phase)),
      rightKnee: 0.5 * fade(u) * Math.max(0, -Math.cos(phase)),
    };
  },
  wave: (u, phase) => ({
    ...standing,
    rightArm: standing.rightArm + 2.4 * fade(u),
    rightElbow: standing.rightElbow + fade(u) * (0.3 + 0.5 * Math.sin(phase)),
  }),
  jump: (u) => {
    const crouch = u < 0.35 ? hump(u / 0.35) : u > 0.65 ? hump((u - 0.65) / 0.35) : 0;
    const flight = u >= 0.35 && u <= 0.65 ? hump((u - 0.35) / 0.3) : 0;
    return {
      ...standing,
      lean: 0.3 * crouch,
      leftArm: standing.leftArm - 0.6 * crouch + 2.2 * flight,
      rightArm: standing.rightArm - 0.6 * crouch + 2.2 * flight,
      leftLeg: standing.leftLeg + 0.7 * crouch,
      leftKnee: 1.4 * crouch,
      rightLeg: standing.rightLeg + 0.7 * crouch,
      rightKnee: 1.4 * crouch,
      lift: 0.2 * flight,
    };
  },
  sit: (u) => {
    const down = fade(u);
    return {
      ...standing,
      lean: 0.35 * hump(2 * u) + 0.35 * hump(2 * u - 1), // forward while moving, upright while seated
      leftArm: standing.leftArm + 0.5 * down,
      leftElbow: standing.leftElbow + 0.7 * down,
      rightArm: standing.rightArm + 0.5 * down,
      rightElbow: standing.rightElbow + 0.7 * down,
      leftLeg: standing.leftLeg + 1.4 * down,
      leftKnee: 1.45 * down,
      rightLeg: standing.rightLeg + 1.4 * down,
      rightKnee: 1.45 * down,
    };
  },
};

/** The lengths of the parts of a body, in body heights. */
interface Body {
  readonly head: number;
  readonly torso: number;
  readonly arm: number;
  readonly leg: number;
}

function clip(activity: Activity, random: Random): MotionExample {
  const between = (low: number, high: number): number => low + (high - low) * random.uniform();
  const before = 4 + random.integer(7);
  const during = 12 + random.integer(17);
  const after = 10 + random.integer(13);
  const body: Body = {
    head: 0.13,
    torso: between(0.28, 0.34),
    arm: between(0.17, 0.21),
    leg: between(0.24, 0.28),
  };
  const start = between(0, 2 * Math.PI);
  const speed = between(0.5, 0.9); // radians a frame
  const noise = between(0.004, 0.012);
  const frames = Array.from({ length: before + during + after }, (_, t) => {
    const u = (t - before) / (during - 1);
    const pose = u >= 0 && u <= 1 ? poses[activity](u, start + speed * t) : standing;
    return place(pose, body).map((value) => round(value + noise * random.normal()));
  });
  return { x: frames, y: activity, from: before + 1, to: before + during };
}

/** Where the joints are: x and y of each, in the order of `joints`. */
function place(pose: Pose, body: Body): readonly number[] {
  const leftShin = pose.leftLeg - pose.leftKnee;
  const rightShin = pose.rightLeg - pose.rightKnee;
  const reach = Math.max(
    Math.cos(pose.leftLeg) + Math.cos(leftShin),
    Math.cos(pose.rightLeg) + Math.cos(rightShin),
  );
  const hip = { x: 0, y: body.leg * reach + pose.lift }; // the lower foot stands on the floor
  const neck = limb(hip, -body.torso, -pose.lean);
  const head = limb(neck, -body.head, -pose.lean);
  const leftElbow = limb(neck, body.arm, pose.leftArm);
  const leftHand = limb(leftElbow, body.arm, pose.leftArm + pose.leftElbow);
  const rightElbow = limb(neck, body.arm, pose.rightArm);
  const rightHand = limb(rightElbow, body.arm, pose.rightArm + pose.rightElbow);
  const leftKnee = limb(hip, body.leg, pose.leftLeg);
  const leftFoot = limb(leftKnee, body.leg, leftShin);
  const rightKnee = limb(hip, body.leg, pose.rightLeg);
  const rightFoot = limb(rightKnee, body.leg, rightShin);
  return [
    ...[head, neck, leftElbow, leftHand, rightElbow, rightHand],
    ...[hip, leftKnee, leftFoot, rightKnee, rightFoot],
  ].flatMap(({ x, y }) => [x, y]);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The end of a limb that hangs from `from` at an angle; a negative length points upwards. */
function limb(from: Point, length: number, angle: number): Point {
  return { x: from.x + length * Math.sin(angle), y: from.y - length * Math.cos(angle) };
}

/** Rises from 0 to 1 over the first quarter and falls back over the last. */
function fade(u: number): number {
  return Math.min(1, smooth(4 * u), smooth(4 * (1 - u)));
}

/** 0 at both ends of [0, 1] and outside, 1 in the middle. */
function hump(u: number): number {
  return u <= 0 || u >= 1 ? 0 : Math.sin(Math.PI * u) ** 2;
}

function smooth(u: number): number {
  const v = Math.min(1, Math.max(0, u));
  return v * v * (3 - 2 * v);
}

/** Three decimals: the last bits of a sine differ between machines. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
