// Comfort only: the page does everything without it.
"use strict";

const saisie = document.getElementById("query");

// The box grows with the query, up to a screen.
function ajuster() {
  saisie.rows = Math.min(30, Math.max(12, saisie.value.split("\n").length + 1));
}

saisie.addEventListener("input", ajuster);
ajuster();

// Ctrl or ⌘ + Enter runs the query.
saisie.addEventListener("keydown", (evenement) => {
  if (evenement.key === "Enter" && (evenement.ctrlKey || evenement.metaKey)) {
    evenement.preventDefault();
    saisie.form.requestSubmit();
  }
});
