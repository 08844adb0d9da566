import { expect, test } from "vitest";
import { z } from "zod";
import { loadEngine } from "./engine";
import type { Head } from "./head";
import { compactBase, compactSpec } from "./networks/compact";
import { compiledBase } from "./networks/compiled-base";
import { denseNet121, denseNet121Spec } from "./networks/densenet121";
import { efficientNetLite0, efficientNetLite0Spec } from "./networks/efficientnet-lite0";
import { compactByFormula, denseNetByFormula, efficientNetByFormula, wave } from "./reference/formula";
import reference from "./reference/saliency.json";
import { saliency } from "./saliency";
import { saliencyMethods } from "./saliency-methods";

// Keras 3.15.1 on TensorFlow 2.21.0, by reference/saliency.py: its gradient of the logit by the last map.
const told = z.object({
  logit: z.number(),
  maps: z.object({
    hirescam: z.array(z.number()),
    gradcam: z.array(z.number()),
    "gradcam++": z.array(z.number()),
  }),
});
const keras = z.object({ compact: told, densenet121: told, "efficientnet-lite0": told }).parse(reference);

const networks = [
  { spec: compactSpec, build: () => compactBase(compactByFormula()), image: () => wave(96 * 96, 1000) },
  {
    spec: denseNet121Spec,
    build: () => denseNet121(denseNetByFormula()),
    image: () => wave(224 * 224 * 3, 1000),
  },
  {
    spec: efficientNetLite0Spec,
    build: () => efficientNetLite0(efficientNetByFormula()),
    image: () => wave(224 * 224 * 3, 1000).map((u) => u * 2 - 1),
  },
];

test.for(networks)("maps of $spec.name are those of Keras' gradient", async ({ spec, build, image }) => {
  await loadEngine("auto");
  const base = await compiledBase(spec, build);
  const expected = keras[spec.name];
  for (const method of saliencyMethods) {
    const asked = { base, head: headByFormula(spec.featureWidth), image: image(), classIndex: 1, method };
    const { map, max, score } = saliency(asked);
    expect(score).toBeCloseTo(expected.logit, 4);
    expect(max).toBeGreaterThan(0);
    expect(map).toHaveLength(expected.maps[method].length);
    expected.maps[method].forEach((value, cell) => {
      expect(Math.abs((map[cell] ?? Number.NaN) - value), `${method}, cell ${cell}`).toBeLessThan(1e-4 * max);
    });
  }
  base.dispose();
});

function headByFormula(width: number): Head {
  const centred = (count: number, k: number, scale = 1) => wave(count, k).map((u) => (u - 0.5) * scale);
  return {
    pooling: "gap",
    width,
    hidden: 16,
    classes: 2,
    hiddenKernel: centred(width * 16, 21, 2 / Math.sqrt(width)),
    hiddenBias: centred(16, 22),
    outputKernel: centred(32, 23),
    outputBias: centred(2, 24),
  };
}
