"""Expected numbers for saliency.test.ts: maps of whole networks by Keras' gradient of a class's logit.

Needs what keras_networks.py needs. One image, a head by formula over the mean of the last map. Writes saliency.json.
"""
import json
import pathlib

import numpy as np
import tensorflow as tf
from keras_networks import images_for, networks, wave

HIDDEN, CLASSES, ASKED = 16, 2, 1


def rounded(values):
    return [float(f"{x:.7g}") for x in np.ravel(values)]


def centred(shape, k, scale=1.0):
    return tf.constant(((wave(int(np.prod(shape)), k) - 0.5) * scale).reshape(shape).astype(np.float32))


def reference(name):
    activations = networks[name]()(images_for(name, 1), training=False)
    width = activations.shape[-1]
    w1, b1 = centred((width, HIDDEN), 21, 2 / np.sqrt(width)), centred((HIDDEN,), 22)
    w2, b2 = centred((HIDDEN, CLASSES), 23), centred((CLASSES,), 24)
    with tf.GradientTape() as tape:
        tape.watch(activations)
        logits = tf.nn.relu(tf.reduce_mean(activations, [1, 2]) @ w1 + b1) @ w2 + b2
        logit = logits[0, ASKED]
    a, g = (x.numpy()[0].astype(np.float64) for x in (activations, tape.gradient(logit, activations)))
    divisor = 2 * g**2 + a.sum((0, 1)) * g**3
    alpha = np.where(divisor == 0, 0, g**2 / np.where(divisor == 0, 1, divisor))
    weights = {"gradcam": g.mean((0, 1)), "gradcam++": (alpha * np.maximum(g, 0)).sum((0, 1))}
    maps = {"hirescam": np.maximum((g * a).sum(-1), 0), **{m: np.maximum((w * a).sum(-1), 0) for m, w in weights.items()}}
    print(name, {method: float(m.max()) for method, m in maps.items()}, float(logit))
    return {"logit": float(f"{logit:.7g}"), "maps": {method: rounded(m) for method, m in maps.items()}}


path = pathlib.Path(__file__).with_name("saliency.json")
path.write_text(json.dumps({name: reference(name) for name in networks}) + "\n")
