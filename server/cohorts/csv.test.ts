import { describe, expect, it } from "vitest";
import { parseCohortCsv } from "./csv";

const parsed = (text: string, column = "class") => {
  const result = parseCohortCsv(text, column);
  return result.ok ? result.value : result.message;
};

describe("a cohort's CSV", () => {
  it("takes its columns in any order and ignores further ones", () => {
    expect(parsed("class,patient,path,dataset\nill,7,a.png,one\n")).toEqual({
      rows: [{ line: 2, dataset: "one", path: "a.png", class: "ill" }],
      rejected: [],
    });
  });

  it.each([
    { what: "a byte-order mark", text: "\uFEFFdataset,path,class\none,a.png,ill\n" },
    { what: "quotes", text: '"dataset","path","class"\r\n"one","a.png","ill"\r\n' },
    { what: "semicolons", text: "dataset;path;class\none;a.png;ill" },
    { what: "tabs and blank lines", text: "dataset\tpath\tclass\n\none\ta.png\till\n\n" },
    { what: "capital letters in the header", text: "Dataset, Path ,CLASS\none, a.png ,ill\n" },
  ])("understands $what", ({ text }) => {
    const value = parsed(text);
    expect(typeof value === "string" ? value : value.rows).toMatchObject([
      { dataset: "one", path: "a.png", class: "ill" },
    ]);
  });

  it("reads commas, quotes and line breaks inside a field, and still counts lines", () => {
    const value = parsed(
      'dataset,path,class\none,"a, ""b"".png",ill\none,"two\nlines.png",ill\none,c.png,well\n',
    );
    expect(typeof value === "string" ? value : value.rows).toEqual([
      { line: 2, dataset: "one", path: 'a, "b".png', class: "ill" },
      { line: 4, dataset: "one", path: "two\nlines.png", class: "ill" },
      { line: 5, dataset: "one", path: "c.png", class: "well" },
    ]);
  });

  it("names the class column that is asked for", () => {
    expect(parsed("dataset,path,class,group\none,a.png,ill,very\n", "group")).toMatchObject({
      rows: [{ class: "very" }],
    });
  });

  it("rejects rows that cannot be used, each with line and reason, and keeps the rest", () => {
    expect(
      parsed(
        "dataset,path,class\none,a.png,ill\none,a.png,well\n,b.png,ill\none,,ill\none,c.png,\none,d.png\n",
      ),
    ).toEqual({
      rows: [{ line: 2, dataset: "one", path: "a.png", class: "ill" }],
      rejected: [
        { line: 3, path: "a.png", reason: "The same image as in line 2." },
        { line: 4, path: "b.png", reason: "No dataset." },
        { line: 5, path: "", reason: "No path." },
        { line: 6, path: "c.png", reason: "No class." },
        { line: 7, path: "d.png", reason: "This row has 2 columns, the header 3." },
      ],
    });
  });

  it.each([
    { text: "", message: "The file is empty." },
    { text: "\uFEFF", message: "The file is empty." },
    { text: "\n\n", message: "The file is empty." },
    { text: "dataset,path,class\n", message: "The file has a header and no rows." },
    {
      text: "dataset,file,class\none,a.png,ill\n",
      message: "The header needs the columns dataset, path and class. It has: dataset, file, class.",
    },
  ])("refuses $text with words", ({ text, message }) => {
    expect(parsed(text)).toBe(message);
  });

  it("refuses quotes that never close", () => {
    expect(parsed('dataset,path,class\none,"a.png,ill\n')).toMatch(/cannot be read as CSV/);
  });
});
