// SPDX-License-Identifier: EUPL-1.2
// The only script: a button that does what the menu of the browser does too.
const button = document.getElementById("print");
button.hidden = false;
button.addEventListener("click", () => print());
