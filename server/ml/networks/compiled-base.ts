import type * as tf from "@tensorflow/tfjs-core";
import { canCompile, compile } from "../graph/compile";
import type { Base, NetworkSpec } from "./network";

/**
 * A frozen base as one graph where native TensorFlow runs, in which case its weights live in the graph; on other
 * engines the base as `build` makes it, operation by operation.
 */
export async function compiledBase(spec: NetworkSpec, build: () => Base): Promise<Base> {
  if (!canCompile()) return build();
  const { inputSize, channels } = spec;
  const graph = await compile(
    ([images]) => {
      const { map, features } = build().forward(ofRank4(images));
      return [map, features];
    },
    [[null, inputSize, inputSize, channels]],
  );
  return {
    spec,
    forward(images) {
      const [map, features] = graph.run([images]);
      return { map: ofRank4(map), features: ofRank2(features) };
    },
    dispose: () => graph.dispose(),
  };
}

function ofRank4(tensor: tf.Tensor | undefined): tf.Tensor4D {
  if (!tensor || !isRank4(tensor)) throw new Error(`Images or maps were expected, got ${tensor?.shape}`);
  return tensor;
}

function ofRank2(tensor: tf.Tensor | undefined): tf.Tensor2D {
  if (!tensor || !isRank2(tensor)) throw new Error(`Features were expected, got ${tensor?.shape}`);
  return tensor;
}

function isRank4(tensor: tf.Tensor): tensor is tf.Tensor4D {
  return tensor.rank === 4;
}

function isRank2(tensor: tf.Tensor): tensor is tf.Tensor2D {
  return tensor.rank === 2;
}
