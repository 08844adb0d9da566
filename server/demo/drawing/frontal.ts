import { devices } from "./devices";
import type { Frame } from "./frame";
import { heart } from "./heart";
import { airway, fissure, lungs } from "./lungs";
import { opacities } from "./opacities";
import { fill } from "./path";
import { calcifiedDome, effusion, plaque, pleuralLine, pneumothorax } from "./pleura";
import { ribs } from "./ribs";
import type { Scene } from "./scene";
import { shoulders } from "./shoulders";
import { spine } from "./spine";
import { torso } from "./torso";
import { vessels } from "./vessels";

/** The chest from the front or the back. */
export function frontalScene(frame: Frame): Scene {
  const collapse = pneumothorax(frame);
  return {
    body: torso(frame) + effusion(frame, 1, 0.3),
    air: lungs(frame) + effusion(frame, 0, 0.96) + plaque(frame) + airway(frame, 1),
    water: heart(frame) + airway(frame, 0),
    haze: opacities(frame) + (collapse ? fill(collapse.space, 0) : ""),
    bone: spine(frame) + ribs(frame) + shoulders(frame) + calcifiedDome(frame),
    vessels:
      vessels(frame) + fissure(frame) + (collapse ? fill(collapse.space, 0) + pleuralLine(collapse) : ""),
    hard: devices(frame),
  };
}
