"""The Basic Application Level Confidentiality Profile (PS3.15, Table E.1-1) as dicom-anonymizer 2.1.0 (Kitware)
has it of the standard's edition 2026c, independent of ours. Writes profile.json beside this file: action -> tags.

python -m venv /tmp/venv && /tmp/venv/bin/pip install dicom-anonymizer==2.1.0
/tmp/venv/bin/python server/datasets/dicom/reference/profile.py
"""

import json
from pathlib import Path

from dicomanonymizer.dicom_anonymization_databases import dicomfields_2026c

lists = {name.removesuffix("_TAGS"): tags for name, tags in vars(dicomfields_2026c).items() if name.endswith("_TAGS")}
# Four numbers instead of two are the repeating groups (curves, overlays): of those, none is ever kept.
profile = {
    action: sorted(f"{tag[0]:04X}{tag[1]:04X}" for tag in tags if len(tag) == 2) for action, tags in lists.items() if tags and action != "ALL"
}
Path(__file__).with_name("profile.json").write_text(json.dumps(profile) + "\n")
print({action: len(tags) for action, tags in profile.items()})
