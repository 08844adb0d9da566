"""Expected numbers for server/ml/weights/densenet121.test.ts: torchvision's and torchxrayvision's DenseNet-121.

Needs torch, torchvision and torchxrayvision (1.13.1, 0.15.2 and 1.5.7 were used) and safetensors. The weights are
those of densenet121.py, Keras' order and all. Prints every 32nd pooled feature of one image, and a hash of all
names and shapes. With a folder as argument it also writes the models there as files in every format.
"""
import hashlib
import pathlib
import sys

import numpy as np
import torch
import torchvision
import torchxrayvision

STATISTICS = {"gamma": "weight", "beta": "bias", "moving_mean": "running_mean", "moving_variance": "running_var"}


def wave(count, k):
    i = np.arange(count, dtype=np.float64)
    x = np.sin(i * 12.9898 + k * 78.233) * 43758.5453
    return x - np.floor(x)


def formula(weight, shape, k):
    u = wave(int(np.prod(shape)), k).reshape(shape)
    if weight == "kernel":
        return (u * 2 - 1) * np.sqrt(6 / np.prod(shape[:3]))
    return {"gamma": 0.8 + 0.4 * u, "beta": 0.2 * (u - 0.5), "moving_mean": 0.2 * (u - 0.5), "moving_variance": 0.5 + u}[weight]


def modules(model):
    """Convolutions and norms in Keras' order, which is that of the modules."""
    return [(n, m) for n, m in model.features.named_modules() if isinstance(m, (torch.nn.Conv2d, torch.nn.BatchNorm2d))]


def fill(model):
    k = 0
    state = model.state_dict()
    for name, module in modules(model):
        if isinstance(module, torch.nn.Conv2d):
            out, channels, height, width = module.weight.shape
            kernel = formula("kernel", (height, width, 3 if channels == 1 else channels, out), k)
            # A grey film stands for three equal channels: what they weigh together, its one channel weighs.
            kernel = kernel.sum(2, keepdims=True) if channels == 1 else kernel
            state[f"features.{name}.weight"] = torch.tensor(np.ascontiguousarray(kernel.transpose(3, 2, 0, 1)), dtype=torch.float32)
            k += 1
            continue
        for weight, own in STATISTICS.items():
            state[f"features.{name}.{own}"] = torch.tensor(formula(weight, (module.num_features,), k), dtype=torch.float32)
            k += 1
    model.load_state_dict(state)
    return model.eval()


def features(model, image):
    with torch.no_grad():
        x = torch.relu(model.features(torch.tensor(image.transpose(0, 3, 1, 2).copy(), dtype=torch.float32)))
    return x.mean((2, 3))[0].numpy()


def show(name, model, image):
    pooled = features(model, image)
    print(name, [float(f"{x:.7g}") for x in pooled[::32]], "norm", float(np.linalg.norm(pooled)))


image = wave(224 * 224 * 3, 1000).reshape(1, 224, 224, 3)
vision = fill(torchvision.models.densenet121(weights=None))
xray = fill(torchxrayvision.models.DenseNet())
show("torchvision", vision, image)
show("torchxrayvision", xray, image[..., :1])
for name, model in (("torchvision", vision), ("torchxrayvision", xray)):
    names = [f"{n} {','.join(map(str, v.shape))}" for n, v in model.state_dict().items() if "num_batches" not in n]
    print(name, len(names), hashlib.sha256("\n".join(names).encode()).hexdigest())

if len(sys.argv) > 1:
    from safetensors.torch import save_file

    folder = pathlib.Path(sys.argv[1])
    torch.save(vision.state_dict(), folder / "vision-zip.pth")
    torch.save(vision.state_dict(), folder / "vision-legacy.pth", _use_new_zipfile_serialization=False)
    torch.save({"epoch": 7, "state_dict": {f"module.{k}": v for k, v in vision.state_dict().items()}}, folder / "vision-parallel.pt")
    torch.save(vision, folder / "vision-whole-model.pth")
    torch.save(xray.state_dict(), folder / "xray-zip.pt")
    save_file(vision.state_dict(), folder / "vision.safetensors")
    torch.save(torchvision.models.resnet18(weights=None).state_dict(), folder / "resnet18.pth")
