/** The course's seven applications of sequence models, in its order. */
import type { ApplicationInfo } from "./dataSet.js";
import { dnaInfo } from "./dna.js";
import { motionInfo } from "./motion.js";
import { musicInfo } from "./music.js";
import { nameTagsInfo } from "./nameTags.js";
import { sentimentInfo } from "./sentiment.js";
import { speechInfo } from "./speech.js";
import { translationInfo } from "./translation.js";

/** What is known about each application's data; `timeline()` loads one example of it to draw. */
export const applications: readonly ApplicationInfo[] = [
  speechInfo,
  musicInfo,
  sentimentInfo,
  dnaInfo,
  translationInfo,
  motionInfo,
  nameTagsInfo,
];
