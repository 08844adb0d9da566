"""Expected numbers for trainable-base.test.ts: gradients of whole networks as Keras takes them, BatchNorm frozen.

Needs what keras_networks.py needs. Two images; the loss is the sum of the pooled features times fixed numbers. Writes
fine_tuning.json: a few features, and of each learned weight's gradient its length and its product with fixed numbers.
"""
import json
import pathlib

import numpy as np
import tensorflow as tf
from keras_networks import images_for, networks, wave


def rounded(values):
    return [float(f"{x:.8g}") for x in values]


def reference(name):
    model = networks[name]()
    names = [f"{layer.name}/{w.name}" for layer in model.layers for w in layer.trainable_weights]
    with tf.GradientTape() as tape:
        features = tf.reduce_mean(model(images_for(name, 2), training=False), [1, 2])
        width = features.shape[1]
        loss = tf.reduce_sum(features * (wave(2 * width, 1001) - 0.5).reshape(2, width).astype(np.float32))
    gradients = [g.numpy().ravel().astype(np.float64) for g in tape.gradient(loss, model.trainable_weights)]
    told = {n: rounded((np.linalg.norm(g), g @ (wave(g.size, 7) - 0.5))) for n, g in zip(names, gradients)}
    print(name, len(told), sum(g.size for g in gradients))
    return {"features": rounded(features.numpy()[1, ::64]), "gradients": told}


told = {name: reference(name) for name in ["densenet121", "efficientnet-lite0"]}
path = pathlib.Path(__file__).with_name("fine_tuning.json")
path.write_text(json.dumps(told, indent=1) + "\n")
