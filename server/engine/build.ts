import { ExpectedFailure } from "@/server/lib/errors";

export type Flavour = "cpu" | "cuda";

/** One build of the native engine: which wheel its libraries come from, and what they are called there. */
export type EngineBuild = {
  readonly flavour: Flavour;
  /** Names the build's folder in the cache: what differs in any part never shares a folder. */
  readonly name: string;
  readonly project: "tensorflow" | "tensorflow-cpu";
  readonly version: string;
  /** Any Python tag carries the same libraries; this one is taken so that the same wheel comes each time. */
  readonly accepts: (filename: string) => boolean;
  readonly pipFlags: readonly string[];
  /** In the wheel's folder `tensorflow/`. */
  readonly libraries: readonly string[];
};

/** The library that every build is made of. 2.21 exports all that tfjs-node 4.22 calls (462 symbols). */
export const tensorflowVersion = "2.21.0";

/**
 * The build for a platform.
 * @throws ExpectedFailure "unavailable" where TensorFlow has no wheel
 */
export function engineBuild(platform: string, architecture: string, flavour: Flavour): EngineBuild {
  const machine = machines[`${platform}-${architecture}`];
  if (!machine || (flavour === "cuda" && !machine.cuda)) {
    const what = flavour === "cuda" ? "The CUDA engine" : "The native engine";
    throw new ExpectedFailure(
      "unavailable",
      `${what} is not built for ${platform} on ${architecture}: TensorFlow has no wheel for it.`,
    );
  }
  return {
    flavour,
    name: `tensorflow-${tensorflowVersion}-${flavour}-${platform}-${architecture}`,
    project: flavour === "cpu" ? machine.cpuProject : "tensorflow",
    version: tensorflowVersion,
    accepts: (filename) => filename.includes("-cp312-cp312-") && filename.includes(machine.tag),
    pipFlags: ["--python-version=3.12", "--implementation=cp", `--platform=${machine.pipPlatform}`],
    libraries: ["libtensorflow_cc", "libtensorflow_framework"].map((stem) =>
      platform === "darwin" ? `${stem}.2.dylib` : `${stem}.so.2`,
    ),
  };
}

type Machine = {
  readonly tag: string;
  readonly pipPlatform: string;
  readonly cpuProject: EngineBuild["project"];
  readonly cuda: boolean;
};

const machines: Readonly<Record<string, Machine>> = {
  "linux-x64": {
    tag: "manylinux_2_27_x86_64",
    pipPlatform: "manylinux_2_27_x86_64",
    cpuProject: "tensorflow-cpu",
    cuda: true,
  },
  "linux-arm64": {
    tag: "manylinux_2_27_aarch64",
    pipPlatform: "manylinux_2_27_aarch64",
    cpuProject: "tensorflow",
    cuda: false,
  },
  "darwin-arm64": {
    tag: "macosx_12_0_arm64",
    pipPlatform: "macosx_12_0_arm64",
    cpuProject: "tensorflow",
    cuda: false,
  },
};
