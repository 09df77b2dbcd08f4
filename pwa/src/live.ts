/** The one live region: what merely happened is said here, politely. */

export function announce(text: string): void {
  const region = document.getElementById("live");
  if (!region) return;
  // The same sentence twice is only read again when the region was empty in between.
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
