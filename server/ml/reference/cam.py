"""Expected numbers for cam.test.ts: maps of a small head by TensorFlow's own gradients, behind mean pooling and
behind Keras' average pooling 4 x 4 with flattening. Needs tensorflow-cpu 2.21 and keras 3.15."""
import keras
import numpy as np
import tensorflow as tf


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


hidden, classes = 5, 2
w1, b1 = (wave(20, 21) - 0.5).reshape(4, hidden), wave(5, 22)
w2, b2 = (wave(10, 23) - 0.5).reshape(hidden, classes), wave(2, 24) - 0.5


def show(name, values):
    print(name, np.round(np.ravel(values), 8).tolist())


def maps(name, height, width, channels, pool):
    count = height * width * channels
    activations = tf.constant(np.maximum(wave(count, 20) - 0.3, 0).reshape(1, height, width, channels), tf.float64)
    show(f"{name} features", pool(activations))
    for c in range(classes):
        with tf.GradientTape() as tape:
            tape.watch(activations)
            scores = tf.nn.relu(pool(activations) @ w1 + b1) @ w2 + b2
            score = scores[0, c]
        a, g = activations.numpy()[0], tape.gradient(score, activations).numpy()[0]
        show(f"{name} class {c} hirescam", np.maximum((g * a).sum(-1), 0))
        show(f"{name} class {c} gradcam", np.maximum((g.mean((0, 1)) * a).sum(-1), 0))
        divisor = 2 * g**2 + a.sum((0, 1)) * g**3
        alpha = np.where(divisor == 0, 0, g**2 / np.where(divisor == 0, 1, divisor))
        show(f"{name} class {c} gradcam++", np.maximum(((alpha * np.maximum(g, 0)).sum((0, 1)) * a).sum(-1), 0))
        show("logit, probability", [score.numpy(), tf.nn.softmax(scores).numpy()[0, c]])


maps("gap", 2, 3, 4, lambda a: tf.reduce_mean(a, [1, 2]))
pooling = keras.Sequential([keras.layers.AveragePooling2D(4, dtype="float64"), keras.layers.Flatten(dtype="float64")])
maps("avgpool4x4-flatten", 5, 9, 2, pooling)
