import { type NamedArray, sizeOf } from "../named-array";
import type { Random } from "../random";

/** An inverted bottleneck (Sandler et al. 2018): expand, filter each channel, project. */
export type Block = {
  readonly name: string;
  readonly kernel: 3 | 5;
  readonly stride: 1 | 2;
  readonly input: number;
  /** Channels between; equal to `input` in the first block, which does not expand. */
  readonly expanded: number;
  readonly output: number;
};

/** Stages of EfficientNet-B0 (Tan and Le 2019), which the Lite variant keeps but for squeeze-and-excitation. */
const stages = [
  { repeats: 1, kernel: 3, stride: 1, expand: 1, input: 32, output: 16 },
  { repeats: 2, kernel: 3, stride: 2, expand: 6, input: 16, output: 24 },
  { repeats: 2, kernel: 5, stride: 2, expand: 6, input: 24, output: 40 },
  { repeats: 3, kernel: 3, stride: 2, expand: 6, input: 40, output: 80 },
  { repeats: 3, kernel: 5, stride: 1, expand: 6, input: 80, output: 112 },
  { repeats: 4, kernel: 5, stride: 2, expand: 6, input: 112, output: 192 },
  { repeats: 1, kernel: 3, stride: 1, expand: 6, input: 192, output: 320 },
] as const;

/** All blocks in order, named as in Keras' EfficientNet: `block1a`, `block2a`, `block2b`, … */
export const blocks: readonly Block[] = stages.flatMap(
  ({ repeats, kernel, stride, expand, input, output }, stage) =>
    Array.from({ length: repeats }, (_, repeat): Block => {
      const from = repeat === 0 ? input : output;
      const name = `block${stage + 1}${String.fromCharCode(97 + repeat)}`;
      return {
        name,
        kernel,
        stride: repeat === 0 ? stride : 1,
        input: from,
        expanded: from * expand,
        output,
      };
    }),
);

/** A convolution and the BatchNorm behind it, by their layers' names. */
export type NormedConvolution = {
  readonly conv: string;
  readonly norm: string;
  readonly shape: readonly [number, number, number, number];
  readonly depthwise: boolean;
};

/** Every convolution of the network, in order. */
export const convolutions: readonly NormedConvolution[] = [
  { conv: "stem_conv", norm: "stem_bn", shape: [3, 3, 3, 32], depthwise: false },
  ...blocks.flatMap(convolutionsOf),
  { conv: "top_conv", norm: "top_bn", shape: [1, 1, 320, 1280], depthwise: false },
];

/** All weights of EfficientNet-Lite0 without its top, as `layer/weight`. */
export const efficientNetLite0Weights = convolutions.flatMap(({ conv, norm, shape, depthwise }) => [
  { name: `${conv}/kernel`, shape },
  ...["gamma", "beta", "moving_mean", "moving_variance"].map((weight) => ({
    name: `${norm}/${weight}`,
    shape: [depthwise ? shape[2] : shape[3]],
  })),
]);

/** Untrained weights: kernels normal with variance 2 ÷ fan-in (He et al. 2015), BatchNorm the identity. */
export function newEfficientNetWeights(random: Random): NamedArray[] {
  const depthwise = new Set(convolutions.flatMap(({ conv, depthwise }) => (depthwise ? conv : [])));
  return efficientNetLite0Weights.map(({ name, shape }) => {
    const values = new Float32Array(sizeOf(shape));
    if (name.endsWith("/kernel")) {
      const fanIn = sizeOf(shape.slice(0, depthwise.has(name.replace("/kernel", "")) ? 2 : 3));
      for (let at = 0; at < values.length; at++) values[at] = random.normal() * Math.sqrt(2 / fanIn);
    }
    if (name.endsWith("/gamma") || name.endsWith("/moving_variance")) values.fill(1);
    return { name, shape, values };
  });
}

function convolutionsOf({ name, kernel, input, expanded, output }: Block): NormedConvolution[] {
  const expand = {
    conv: `${name}_expand_conv`,
    norm: `${name}_expand_bn`,
    shape: [1, 1, input, expanded],
    depthwise: false,
  } as const;
  return [
    ...(expanded === input ? [] : [expand]),
    { conv: `${name}_dwconv`, norm: `${name}_bn`, shape: [kernel, kernel, expanded, 1], depthwise: true },
    {
      conv: `${name}_project_conv`,
      norm: `${name}_project_bn`,
      shape: [1, 1, expanded, output],
      depthwise: false,
    },
  ];
}
