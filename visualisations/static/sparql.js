// Comfort only: the page does everything without it.
"use strict";

const saisie = document.getElementById("query");

// The box is as tall as the query, up to most of a screen.
function ajuster() {
  saisie.style.height = "auto";
  saisie.style.height = `${Math.min(saisie.scrollHeight + 8, window.innerHeight * 0.7)}px`;
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
