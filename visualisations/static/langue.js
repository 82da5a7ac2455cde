// The switch of language keeps the state that scripts wrote in the address after the page was served.
document.querySelector(".langue a").addEventListener("click", (event) => {
  const lien = event.currentTarget;
  const adresse = new URL(location.href);
  adresse.searchParams.set("lang", lien.hreflang);
  lien.href = adresse.href;
});
