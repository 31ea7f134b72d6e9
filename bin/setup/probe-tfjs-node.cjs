// Does tfjs-node compute on this Node? Ends with exit code 0 and one line, or fails.
"use strict";
const assert = require("node:assert");
const process = require("node:process");
const util = require("node:util");

// tfjs-node 4.22 calls two functions that Node 23 removed.
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;

const tf = require("@tensorflow/tfjs-node");

assert.equal(tf.getBackend(), "tensorflow");
const product = tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([5, 6, 7, 8], [2, 2]));
assert.deepEqual([...product.dataSync()], [19, 22, 43, 50]);
const [da, db] = tf.grads((a, b) => a.mul(b).sum())([tf.tensor1d([2, 3]), tf.tensor1d([5, 7])]);
assert.deepEqual([...da.dataSync(), ...db.dataSync()], [5, 7, 2, 3]);
console.log(
  `tfjs-node ${tf.version["tfjs-node"]} computes on Node ${process.version} with TensorFlow ${tf.backend().binding.TF_Version}`,
);
