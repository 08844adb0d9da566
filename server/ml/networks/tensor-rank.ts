import type * as tf from "@tensorflow/tfjs-core";

export function ofRank4(tensor: tf.Tensor | undefined): tf.Tensor4D {
  if (!tensor || !isRank4(tensor)) throw new Error(`Images or maps were expected, got ${tensor?.shape}`);
  return tensor;
}

export function ofRank2(tensor: tf.Tensor | undefined): tf.Tensor2D {
  if (!tensor || !isRank2(tensor)) throw new Error(`Features were expected, got ${tensor?.shape}`);
  return tensor;
}

function isRank4(tensor: tf.Tensor): tensor is tf.Tensor4D {
  return tensor.rank === 4;
}

function isRank2(tensor: tf.Tensor): tensor is tf.Tensor2D {
  return tensor.rank === 2;
}
