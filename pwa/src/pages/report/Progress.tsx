/** The four steps as a line of dots; the sentence says the same. */
export const Progress = ({ step }: { step: number }) => (
  <div class="progress">
    <ol aria-hidden="true">
      {[1, 2, 3, 4].map((n) => (
        <li key={n} class={n < step ? "done" : n === step ? "now" : undefined} />
      ))}
    </ol>
    <p class="meta">Stap {step} van 4</p>
  </div>
);
