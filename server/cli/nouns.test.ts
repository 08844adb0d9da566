import { Command } from "commander";
import { expect, it } from "vitest";
import { nouns } from "./nouns";

it.each(Object.entries(nouns))("%s is loaded by its own name and adds itself alone", async (noun, load) => {
  const program = new Command();
  (await load())(program);
  expect(program.commands.map((command) => command.name())).toEqual([noun]);
});
