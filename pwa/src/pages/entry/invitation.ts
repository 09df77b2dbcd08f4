/** What somebody typed or pasted: eight characters, with or without spaces, or a whole link. */
export function readInvitation(text: string): { code: string } | { invitation: string } | null {
  const link = /uitnodiging\/([\w-]+)/.exec(text);
  if (link?.[1]) return { invitation: link[1] };
  const code = text.replace(/[\s-]/g, "").toUpperCase();
  return /^[A-Z0-9]{8}$/.test(code) ? { code } : null;
}
