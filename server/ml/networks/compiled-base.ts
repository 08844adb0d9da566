import { canCompile, compile } from "../graph/compile";
import type { Base, NetworkSpec } from "./network";
import { ofRank2, ofRank4 } from "./tensor-rank";

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
