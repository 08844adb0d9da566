"""Expected numbers for trainable-base.test.ts: gradients of DenseNet-121 as Keras takes them, BatchNorm frozen.

Needs tensorflow-cpu 2.21 and keras 3. Weights by the formula of densenet121.py, two images; the loss is the sum of
the pooled features times fixed numbers. Writes fine_tuning.json: of each learned weight's gradient its length and its
product with fixed numbers, and a few features.
"""
import json
import pathlib

import keras
import numpy as np
import tensorflow as tf

from densenet121 import formula, wave

model = keras.applications.DenseNet121(weights=None, include_top=False, pooling="avg", input_shape=(224, 224, 3))
k = 0
for layer in model.layers:
    own = [w.name for w in layer.weights]
    layer.set_weights([formula(w, tuple(v.shape), k + i).astype(np.float32) for i, (w, v) in enumerate(zip(own, layer.weights))])
    k += len(own)
images = wave(2 * 224 * 224 * 3, 1000).reshape(2, 224, 224, 3).astype(np.float32)
by_features = (wave(2 * 1024, 1001) - 0.5).reshape(2, 1024).astype(np.float32)
names = [f"{layer.name}/{w.name}" for layer in model.layers for w in layer.trainable_weights]
with tf.GradientTape() as tape:
    features = model(images, training=False)
    loss = tf.reduce_sum(features * by_features)
gradients = [g.numpy().ravel().astype(np.float64) for g in tape.gradient(loss, model.trainable_weights)]
told = {name: [float(f"{x:.8g}") for x in (np.linalg.norm(g), g @ (wave(g.size, 7) - 0.5))] for name, g in zip(names, gradients)}
reference = {"features": [float(f"{x:.8g}") for x in features.numpy()[1, ::64]], "gradients": told}
path = pathlib.Path(__file__).with_name("fine_tuning.json")
path.write_text(json.dumps(reference, indent=None, separators=(",", ":")).replace('],"', '],\n"') + "\n")
print(keras.__version__, tf.__version__, len(told))
