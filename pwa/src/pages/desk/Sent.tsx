import { Link } from "../../parts/Button";
import { Icon } from "../../parts/Icon";

/** After an answer: that it went out, and the way back to it. */
export const Sent = ({ text, back }: { text: string; back: string }) => (
  <div class="sent">
    <p class="clean">
      <Icon name="check" small />
      {text}
    </p>
    <Link href={`#${back}`}>Terug naar die melding</Link>
  </div>
);
