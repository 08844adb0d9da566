"""Writes torch_files.json for the tests of server/ml/weights: PyTorch's own files, and pickles to be refused.

Needs torch (1.13.1 was used) and safetensors. What the tensors hold stands in the tests.
"""
import base64
import collections
import io
import json
import os
import pathlib
import pickle

import torch
from safetensors.torch import save as save_safetensors


def state():
    count = torch.arange(24, dtype=torch.float32)
    return collections.OrderedDict(
        {
            "plain": count.reshape(2, 3, 4),
            # As TensorFlow's HWIO memory behind an OIHW shape: strides that no reader may ignore.
            "strided": count.reshape(2, 2, 3, 2).permute(3, 2, 0, 1),
            "slice": count[5:9],
            "half": torch.tensor([1.5, -2.25, 65504.0, 6e-8], dtype=torch.float16),
            "bfloat16": torch.tensor([1.5, -3.0], dtype=torch.bfloat16),
            "double": torch.tensor([0.1], dtype=torch.float64),
            "scalar": torch.tensor(7.0),
            "bn.num_batches_tracked": torch.tensor(3),
        }
    )


files = {}


def show(name, data):
    files[name] = base64.b64encode(data).decode()


def torch_file(value, zipped):
    buffer = io.BytesIO()
    torch.save(value, buffer, _use_new_zipfile_serialization=zipped)
    return buffer.getvalue()


class Shell:
    def __reduce__(self):
        return os.system, ("touch /tmp/overread-was-here",)


show("legacy", torch_file(state(), False))
show("zip", torch_file(state(), True))
show("checkpoint", torch_file({"epoch": 3, "state_dict": {"a": torch.ones(2)}, "best": 0.5}, True))
show("parameter", torch_file({"a": torch.nn.Parameter(torch.ones(2))}, True))
show("whole model, zip", torch_file(torch.nn.Linear(1, 1), True))
show("safetensors", save_safetensors({k: v.clone().contiguous() for k, v in state().items()}))
for protocol in (2, 4):
    show(f"os.system, protocol {protocol}", pickle.dumps({"a": Shell()}, protocol))
show("os.system in a checkpoint", torch_file({"state_dict": {"a": torch.ones(2), "b": Shell()}}, True))
show("os.system in a checkpoint, legacy", torch_file({"state_dict": {"a": torch.ones(2), "b": Shell()}}, False))
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(files, indent=2) + "\n")
