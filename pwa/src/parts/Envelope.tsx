/** Closed and sealed, or the outline of one that is still to come. */
export const Envelope = ({ empty }: { empty?: boolean | undefined }) => (
  <svg
    class={empty ? "envelope envelope--empty" : "envelope"}
    viewBox="0 0 208 148"
    stroke-width="2"
    aria-hidden="true"
  >
    <rect class="paper" x="8" y="20" width="192" height="122" rx="8" />
    <path class="fold-line" d="M10 140 78 88M198 140 130 88" />
    <path class="flap" d="M9 26c0-3 3-6 7-6h176c4 0 7 3 7 6l-83 66c-7 6-17 6-24 0Z" />
    <g transform="translate(104 88)">
      <circle class="seal" r="25" />
      <circle class="seal-ring" r="20" stroke-width="1.5" />
      <g class="seal">
        <path d="M-12 6-4-4 4 2 11-9" stroke-width="2.5" />
      </g>
      <g class="seal-dots">
        <circle cx="-12" cy="6" r="3" />
        <circle cx="-4" cy="-4" r="3" />
        <circle cx="4" cy="2" r="3" />
        <circle class="new" cx="11" cy="-9" r="3.6" />
      </g>
    </g>
  </svg>
);
