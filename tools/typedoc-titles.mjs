// A plugin of TypeDoc's. A guide has its heading for a name, and its file's for an address; a
// page's content is its main landmark; and a link of the API's to a guide, which is absolute because
// editors show it too, leads to the guide on this site.
export function load(app) {
  // By now the addresses are made.
  app.renderer.on("beginRender", ({ project }) => {
    for (const document of Object.values(project.reflections).filter((reflection) =>
      reflection.isDocument(),
    )) {
      const text = document.content.map(({ text }) => text).join("");
      const [, title] = /^\s*# (.+)\n/.exec(text) ?? [];
      document.name = title?.replaceAll("`", "") ?? document.name;
    }
  });
  app.renderer.on("endPage", (page) => {
    page.contents = page.contents?.replace(
      '<div class="col-content">',
      '<div class="col-content" role="main">',
    );
    const top = "../".repeat(page.url.split("/").length - 1);
    page.contents = page.contents?.replace(
      /href="https:\/\/github\.com\/traq-auth\/traq-auth\/blob\/main\/docs\/([\w-]+)\.md/g,
      `href="${top}documents/docs_$1.html`,
    );
  });
}
