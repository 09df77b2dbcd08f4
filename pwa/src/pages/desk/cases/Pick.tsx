import { Select } from "../../../parts/Field";

interface PickProps {
  id: string;
  label: string;
  value: string;
  /** The words for each value. */
  from: Record<string, string>;
  onValue: (value: string) => void;
  error?: string | undefined;
}

export const Pick = ({ from, ...rest }: PickProps) => (
  <Select {...rest}>
    {Object.entries(from).map(([value, words]) => (
      <option key={value} value={value}>
        {words}
      </option>
    ))}
  </Select>
);
