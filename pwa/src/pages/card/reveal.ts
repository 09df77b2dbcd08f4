const FOUND = "is-found";

/** Opens what an item is folded away in, brings it into view and gives it the focus. */
export function reveal(id: string): void {
  const item = document.getElementById(id);
  if (!item) return;
  let fold = item.closest("details");
  while (fold) {
    fold.open = true;
    fold = fold.parentElement?.closest("details") ?? null;
  }
  document.querySelector(`.${FOUND}`)?.classList.remove(FOUND);
  const row = item.closest("li, dl > div") ?? item;
  row.classList.add(FOUND);
  row.scrollIntoView({ block: "center" });
  item.focus({ preventScroll: true });
}
