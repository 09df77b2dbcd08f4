// Runs inside the page, before the app: what cannot be seen from outside is measured here.
(() => {
  const CONTROLS =
    "a[href], button, input, select, textarea, summary, [role=button], [role=switch], [tabindex='0']";

  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.getBoundingClientRect().width > 0;

  /** Not drawn, or only there to be read aloud. */
  const isHidden = (element) =>
    !isShown(element) ||
    element.clientWidth <= 1 ||
    (element.parentElement !== null && getComputedStyle(element).clipPath === "inset(50%)");

  const textOf = (element) =>
    (element.labels?.[0] ?? element).textContent.trim().replace(/\s+/g, " ");

  const nameOf = (element) => {
    const mark = element.id ? `#${element.id}` : `.${[...element.classList].join(".")}`;
    return `<${element.localName}${mark.length > 1 ? mark : ""}> ${textOf(element).slice(0, 60)}`;
  };

  /** Takes the sticky bars out of the way; call what it returns to put them back. */
  function unstick() {
    const bars = [...document.querySelectorAll("body *")].filter((element) =>
      ["sticky", "fixed"].includes(getComputedStyle(element).position),
    );
    for (const bar of bars) bar.style.setProperty("position", "static", "important");
    return () => {
      for (const bar of bars) bar.style.removeProperty("position");
    };
  }

  async function check(options) {
    const { violations } = await axe.run(document, options);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => {
        const [first] = [...node.any, ...node.all, ...node.none];
        return `${id}: ${node.target.join(" ")} (${first?.message ?? ""})`;
      }),
    );
  }

  const violations = (tags) =>
    check({
      resultTypes: ["violations"],
      runOnly: { type: "tag", values: tags },
      rules: { "target-size": { enabled: false } },
    });

  /** Looked at without the bars that may lie over a control while scrolling. */
  async function targetSize() {
    const stick = unstick();
    const found = await check({
      resultTypes: ["violations"],
      runOnly: { type: "rule", values: ["target-size"] },
    });
    stick();
    return found;
  }

  const isInSentence = (element) =>
    element.localName === "a" &&
    getComputedStyle(element).display === "inline" &&
    [...element.parentNode.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "",
    );

  /** How wide and high a control is for a finger, as far as that matters. */
  function reach(control, least) {
    control.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = control.getBoundingClientRect();
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    const owners = [control, ...(control.labels ?? [])];
    const hits = (x, y) => {
      const at = document.elementFromPoint(x, y);
      return at !== null && owners.some((owner) => owner.contains(at));
    };
    if (!hits(...middle)) return [0, 0];
    const far = (dx, dy, most) => {
      const hit = (steps) => hits(middle[0] + dx * steps, middle[1] + dy * steps);
      let steps = 0;
      while (steps + 8 <= most && hit(steps + 8)) steps += 8;
      while (steps < most && hit(steps + 1)) steps++;
      return steps;
    };
    const across = (dx, dy) => {
      const one = far(dx, dy, least);
      return one + far(-dx, -dy, least - one) + 1;
    };
    return [across(1, 0), across(0, 1)];
  }

  function smallControls(least) {
    const stick = unstick();
    const before = [scrollX, scrollY];
    const open = document.querySelector("dialog[open], .memenu[open]") ?? document;
    const small = [...open.querySelectorAll(CONTROLS)]
      .filter((control) => isShown(control) && !control.disabled && !isInSentence(control))
      .filter((control) => !control.matches(".utrecht-skip-link"))
      .flatMap((control) => {
        const [width, height] = reach(control, least);
        // The middle may lie between two pixels.
        return Math.min(width, height) < least - 1 ? `${width}x${height}: ${nameOf(control)}` : [];
      });
    stick();
    scrollTo(...before);
    return small;
  }

  /** What makes the page wider than the window, or holds text that does not fit and is cut off. */
  function tooWide() {
    const room = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > room) {
      found.push(`page ${document.documentElement.scrollWidth} in ${room}`);
      const wide = [...document.querySelectorAll("body *")].filter(
        (one) => one.getBoundingClientRect().right > room + 1 && isShown(one),
      );
      const inmost = wide.filter((one) => !wide.some((other) => other.parentElement === one));
      found.push(...inmost.slice(0, 3).map((one) => `too wide: ${nameOf(one)}`));
    }
    for (const element of document.querySelectorAll("body *")) {
      const { overflowX, overflowY } = getComputedStyle(element);
      if (element.matches("svg *, select, textarea") || isHidden(element)) continue;
      if (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1)
        found.push(`cut off or scrolls sideways: ${nameOf(element)}`);
      if (["hidden", "clip"].includes(overflowY) && element.scrollHeight > element.clientHeight + 1)
        found.push(`cut off below: ${nameOf(element)}`);
    }
    return found;
  }

  /** Style on top of the page's own, the way a reader's own style sheet comes in. */
  function wear(css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = css ? [sheet] : [];
  }

  function headings() {
    const shown = [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility());
    return {
      h1: shown.map((one) => one.textContent.trim()),
      title: document.title,
      lang: document.documentElement.lang,
    };
  }

  const ringOf = (element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const width = outlineStyle === "auto" ? 2 : Number.parseFloat(outlineWidth);
    return (outlineStyle !== "none" && width >= 2) || boxShadow !== "none";
  };

  // The parts inside a date or time field get a ring of the browser itself.
  const isInsideDate = (element) =>
    element.matches("[type=date], [type=time]") && !element.matches(":focus");

  /** What has focus, whether that shows, and whether anything lies over it. */
  function focus() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    const faults = [];
    const parents = [element, element.parentElement, element.parentElement?.parentElement];
    if (!isInsideDate(element) && !parents.some((one) => one && ringOf(one))) faults.push("no ring");
    const owners = [element, ...(element.labels ?? [])];
    const inset = (low, high) => [low + 3, (low + high) / 2, high - 3];
    // Of a text area the browser shows where one types, not the last line.
    const rows = inset(box.top, box.bottom).slice(0, element.localName === "textarea" ? 1 : 3);
    const points = inset(box.left, box.right).flatMap((x) => rows.map((y) => [x, y]));
    const covered = points.filter(([x, y]) => {
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return true;
      const at = document.elementFromPoint(x, y);
      return at !== null && !owners.some((owner) => owner.contains(at) || at.contains(owner));
    });
    if (covered.length > 0) faults.push(`${covered.length} of ${points.length} points covered`);
    return {
      name: nameOf(element),
      text: textOf(element),
      id: element.id,
      tag: element.localName,
      faults,
    };
  }

  /** Tab starts at the top of the page again. */
  function begin() {
    document.activeElement?.blur();
    getSelection().removeAllRanges();
    scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute("tabindex");
  }

  const drawn = () =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

  window.measures = { begin, drawn, violations, targetSize, smallControls, tooWide, wear, headings, focus };
})();
