// The two fields of the paths: names suggested as they are typed, slugs sent.

const form = document.getElementById("chemins-form");
const slugs = new Map();
// The site may be below a path of its host.
const racine = new URL(form.action).pathname.replace(/\/cartographie$/, "");

/** Offer the actors whose name looks like what is typed, beside the words that the page gives. */
async function suggest(champ, fixes) {
  const voulu = champ.value.trim();
  if (voulu.length < 2 || slugs.has(voulu)) return;
  const reponse = await fetch(`${racine}/api/acteurs?limite=8&q=${encodeURIComponent(voulu)}`);
  if (!reponse.ok || champ.value.trim() !== voulu) return;
  const { acteurs } = await reponse.json();
  const noms = acteurs.map(({ nom, precision, slug }) => {
    const homonyme = acteurs.filter((autre) => autre.nom === nom).length > 1;
    const dit = homonyme ? `${nom} (${precision || slug})` : nom;
    slugs.set(dit, slug);
    return dit;
  });
  champ.list.replaceChildren(...[...fixes, ...noms].map((dit) => Object.assign(document.createElement("option"), { value: dit })));
}

for (const champ of form.querySelectorAll("input[list]")) {
  const fixes = [...champ.list.options].map(({ value }) => value);
  let attente;
  champ.addEventListener("input", () => {
    clearTimeout(attente);
    attente = setTimeout(() => suggest(champ, fixes), 150);
  });
}

form.addEventListener("formdata", ({ formData }) => {
  for (const nom of ["chemin", "vers"]) {
    const dit = formData.get(nom).trim();
    if (slugs.has(dit)) formData.set(nom, slugs.get(dit));
  }
});
