interface SegmentProps<T extends string> {
  id: string;
  /** For who cannot see that these belong together. */
  label: string;
  options: ReadonlyArray<readonly [value: T, label: string]>;
  value: T;
  onValue: (value: T) => void;
}

/** Two to four short answers side by side; what is chosen counts at once. */
export const Segment = <T extends string>({
  id,
  label,
  options,
  value,
  onValue,
}: SegmentProps<T>) => (
  <fieldset class="segment segment--bare">
    <legend class="vh">{label}</legend>
    {options.map(([option, text]) => (
      <div key={option}>
        <input
          type="radio"
          name={id}
          id={`${id}-${option}`}
          checked={value === option}
          onChange={() => onValue(option)}
        />
        <label for={`${id}-${option}`}>{text}</label>
      </div>
    ))}
  </fieldset>
);
