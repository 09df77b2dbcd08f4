/** What the first screen is drawn without: sending, counting, renewing. A chunk of its own. */
export { connect } from "../start";
export { Learn } from "./card/Learn";
export { reveal } from "./card/reveal";
export { watchCounts } from "./counts";
export { NewsHint } from "./NewsHint";
export { Unsent } from "./Unsent";
export { Update } from "./Update";
