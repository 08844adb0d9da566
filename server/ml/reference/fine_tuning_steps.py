"""Expected numbers for fine-tune-keras.test.ts: EfficientNet-Lite0 fine-tuned by Keras from its stage "top" on.

Needs what keras_networks.py needs. All six images at once, a head by formula, Adam or SGD with time decay. Prints the
loss of each step; BatchNorm keeps its statistics.
"""
import keras
import numpy as np
import tensorflow as tf
from keras_networks import images_for, networks, wave

IMAGES, HIDDEN, STEPS = 6, 16, 8


def centred(shape, k, scale=1.0):
    return ((wave(int(np.prod(shape)), k) - 0.5) * scale).reshape(shape).astype(np.float32)


for name, rate in [("adam", 2e-5), ("sgd", 5e-4)]:
    base = networks["efficientnet-lite0"]()
    head = keras.Sequential([keras.Input((1280,)), keras.layers.Dense(HIDDEN, "relu"), keras.layers.Dense(2, "softmax")])
    head.set_weights([centred((1280, HIDDEN), 21, 2 / np.sqrt(1280)), centred((HIDDEN,), 22), centred((HIDDEN, 2), 23), centred((2,), 24)])
    images, labels = images_for("efficientnet-lite0", IMAGES), np.eye(2, dtype=np.float32)[np.arange(IMAGES) % 2]
    moving = [w for layer in base.layers if layer.name.startswith("top") for w in layer.trainable_weights] + head.trainable_weights
    schedule = keras.optimizers.schedules.InverseTimeDecay(rate, decay_steps=1, decay_rate=rate / STEPS)
    optimizer = keras.optimizers.Adam(schedule) if name == "adam" else keras.optimizers.SGD(schedule)
    losses = []
    for _ in range(STEPS):
        with tf.GradientTape() as tape:
            features = tf.reduce_mean(base(images, training=False), [1, 2])
            loss = tf.reduce_mean(keras.losses.categorical_crossentropy(labels, head(features)))
        optimizer.apply(tape.gradient(loss, moving), moving)
        losses.append(float(f"{float(loss):.7g}"))
    print(name, rate, losses)
