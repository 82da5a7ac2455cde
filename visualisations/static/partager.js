// The addresses to share follow the state that scripts wrote in the address after the page was served.
const [adresse, cadre] = ["partager-adresse", "partager-cadre"].map((id) => document.getElementById(id));
const servie = adresse.value;

adresse.closest("details").addEventListener("toggle", () => {
  const ici = new URL(servie);
  const vue = new URL(location.href);
  vue.searchParams.delete("lang");
  ici.search = vue.search;
  ici.hash = vue.hash;
  adresse.value = ici.href;
  ici.searchParams.set("embed", "1");
  cadre.value = cadre.value.replace(/src="[^"]*"/, () => `src="${ici.href.replaceAll("&", "&amp;").replaceAll('"', "%22")}"`);
});
for (const champ of [adresse, cadre]) champ.addEventListener("focus", () => champ.select());
