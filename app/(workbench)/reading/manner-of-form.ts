/** What the fields of due date, priority and readers say; the command checks it. */
export function mannerOfForm(form: FormData) {
  const due = String(form.get("dueOn") ?? "").trim();
  return {
    dueOn: due === "" ? null : due,
    priority: Number(form.get("priority") ?? 0),
    readers: form.getAll("readers").map(Number),
  };
}
