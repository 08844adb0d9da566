"""Our networks without their heads as Keras has or builds them, with weights by the formula of densenet121.py.

Needs tensorflow-cpu 2.21 and keras 3. The formula's twin in TypeScript is in reference/formula.ts.
"""
import keras
import numpy as np
import tensorflow as tf
from keras import layers


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def formula(weight, shape, k):
    u = wave(int(np.prod(shape)), k).reshape(shape)
    if weight == "kernel":
        # A depthwise kernel [h, w, channels, 1] sees one channel.
        return (u * 2 - 1) * np.sqrt(6 / np.prod(shape[:2] if shape[3] == 1 else shape[:3]))
    return {"gamma": 0.8 + 0.4 * u, "moving_variance": 0.5 + u}.get(weight, 0.2 * (u - 0.5))


def set_by_formula(ordered):
    k = 0
    for layer in ordered:
        names = [w.name for w in layer.weights]
        shapes = [tuple(w.shape) for w in layer.weights]
        layer.set_weights([formula(n, s, k + i).astype(np.float32) for i, (n, s) in enumerate(zip(names, shapes))])
        k += len(names)


def densenet121():
    model = keras.applications.DenseNet121(weights=None, include_top=False, input_shape=(224, 224, 3))
    set_by_formula(model.layers)
    return model


def efficientnet_lite0():
    """Tan and Le 2019, the Lite variant (tpu/models/official/efficientnet/lite): no layer of Keras has it."""
    made = []

    def normed(x, name, norm, convolution, activation=True):
        batch_norm = layers.BatchNormalization(epsilon=1e-3, name=norm)
        made.extend([convolution(name), batch_norm])
        x = batch_norm(made[-2](x))
        return layers.ReLU(6)(x) if activation else x

    def conv(filters, size, stride):
        return lambda name: layers.Conv2D(filters, size, stride, "same", use_bias=False, name=name)

    def depthwise(size, stride):
        return lambda name: layers.DepthwiseConv2D(size, stride, "same", use_bias=False, name=name)

    images = keras.Input((224, 224, 3))
    x = normed(images, "stem_conv", "stem_bn", conv(32, 3, 2))
    stages = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]
    for stage, (repeats, size, first_stride, expand, filters) in enumerate(stages, 1):
        for repeat in range(repeats):
            name, stride, before = f"block{stage}{'abcd'[repeat]}", first_stride if repeat == 0 else 1, x
            if expand > 1:
                x = normed(x, f"{name}_expand_conv", f"{name}_expand_bn", conv(x.shape[-1] * expand, 1, 1))
            x = normed(x, f"{name}_dwconv", f"{name}_bn", depthwise(size, stride))
            x = normed(x, f"{name}_project_conv", f"{name}_project_bn", conv(filters, 1, 1), activation=False)
            x = layers.Add()([x, before]) if repeat > 0 else x
    model = keras.Model(images, normed(x, "top_conv", "top_bn", conv(1280, 1, 1)))
    set_by_formula(made)
    return model


def compact():
    """Our own small network: each image standardised, then four convolutions with bias and ReLU."""
    images = keras.Input((96, 96, 1))
    made = []

    def standardised(x):
        mean, variance = tf.nn.moments(x, [1, 2, 3], keepdims=True)
        return (x - mean) / tf.sqrt(variance + 1e-4)

    x = layers.Lambda(standardised)(images)
    for index, (filters, size, stride) in enumerate([(32, 7, 4), (64, 3, 2), (64, 3, 1), (64, 3, 1)], 1):
        made.append(layers.Conv2D(filters, size, stride, "same", activation="relu", name=f"conv{index}"))
        x = made[-1](x)
    set_by_formula(made)
    return keras.Model(images, x)


def images_for(name, count):
    if name == "compact":
        return wave(count * 96 * 96, 1000).reshape(count, 96, 96, 1).astype(np.float32)
    images = wave(count * 224 * 224 * 3, 1000).reshape(count, 224, 224, 3).astype(np.float32)
    return images * 2 - 1 if name == "efficientnet-lite0" else images


networks = {"compact": compact, "densenet121": densenet121, "efficientnet-lite0": efficientnet_lite0}
