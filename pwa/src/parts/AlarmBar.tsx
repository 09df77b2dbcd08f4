import { Icon } from "./Icon";

/** Red is 112 and nothing else; it stays on top of every screen. */
export const AlarmBar = () => (
  <section class="alarmbar" aria-label="Noodnummer">
    <a class="alarm" href="tel:112">
      <Icon name="phone" />
      <span>
        Nu gevaar? <b>Bel 112</b>
      </span>
    </a>
  </section>
);
