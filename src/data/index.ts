/**
 * What notebooks import as "unrolled/data": one loader per data set. Importing this is cheap; the
 * data itself is loaded or generated when a loader is called.
 */
export { addingBaseline, addingProblem } from "./addingProblem.js";
export type { AddingBatch } from "./addingProblem.js";
export { addingProblemResults, addingProvenance } from "./addingProblemResults.js";
export type { AddingResult } from "./addingProblemResults.js";
export { applicationProvenance, applicationResults } from "./applicationResults.js";
export type { ApplicationResult, ModelShares } from "./applicationResults.js";
export { applications } from "./applications.js";
export { distinctTokens, numberTrack, splitByGroup, tokenTrack } from "./dataSet.js";
export type {
  ApplicationInfo,
  DataSet,
  DataSetId,
  DataSetInfo,
  Split,
  Timeline,
  TimelineRow,
  Track,
} from "./dataSet.js";
export { dna, dnaInfo } from "./dna.js";
export type { DnaExample, Junction } from "./dna.js";
export { firstNames, firstNamesInfo } from "./firstNames.js";
export { capitals, lastCapital, streamLetters } from "./lastCapital.js";
export type { LastCapital } from "./lastCapital.js";
export { bones, coordinates, joints, motion, motionInfo } from "./motion.js";
export type { Activity, MotionExample } from "./motion.js";
export { continueFrom, music, musicInfo, noteToken, tokenNote } from "./music.js";
export type { Continuation, MusicExample, Note } from "./music.js";
export { nameTags, nameTagsInfo } from "./nameTags.js";
export type { NameTag, NameTagExample } from "./nameTags.js";
export { numberWords } from "./numberWords.js";
export type { NumberLanguage } from "./numberWords.js";
export { padFrames } from "./padFrames.js";
export type { FrameBatch } from "./padFrames.js";
export { sentiment, sentimentInfo } from "./sentiment.js";
export type { Sentiment, SentimentExample } from "./sentiment.js";
export { coefficients, frameSeconds, speech, speechInfo } from "./speech.js";
export type { SpeechExample, SpeechSet } from "./speech.js";
export { orders, orderSymbols, temporalOrder } from "./temporalOrder.js";
export type { TemporalOrderBatch } from "./temporalOrder.js";
export { temporalOrderProvenance, temporalOrderResults } from "./temporalOrderResults.js";
export type { TemporalOrderResult } from "./temporalOrderResults.js";
export { translation, translationInfo } from "./translation.js";
export type { TranslationExample, TranslationSet } from "./translation.js";
