import { useLayoutEffect } from "preact/hooks";
import { Icon } from "../../parts/Icon";
import { arrive } from "../../parts/places";
import type { Role } from "../../types";
import { moreFor } from "./tabs";

/** What the desk needs less often than every day. */
export function More({ role }: { role: Role }) {
  useLayoutEffect(() => arrive("Meer"), []);
  return (
    <div class="deskpage deskpage--narrow">
      <h1 class="utrecht-heading-1" tabIndex={-1}>
        Meer
      </h1>
      <ul class="menu list">
        {moreFor(role).map(({ href, text, about }) => (
          <li key={href}>
            <a class="card-row" href={href}>
              <span>
                <b>{text}</b>
                <span class="meta block">{about}</span>
              </span>
              <Icon name="go" />
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
