import { Notice } from "../../../parts/Notice";
import { type Needy, needText } from "./people";

/** Phones that something is wrong with, before somebody calls about it. */
export const Needies = ({ list }: { list: readonly Needy[] }) => (
  <Notice kind="warning">
    <h2 class="utrecht-heading-3">Toestellen die hulp nodig hebben</h2>
    <ul class="plain stack stack--2">
      {list.map((one) => (
        <li key={`${one.id} ${one.person}`}>
          <b>{one.name}</b>
          <br />
          {needText(one)}
        </li>
      ))}
    </ul>
  </Notice>
);
