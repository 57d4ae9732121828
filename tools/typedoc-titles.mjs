// A plugin of TypeDoc's: a guide is called by its heading, at an address by its file, and
// what a page is about is its main landmark.
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
  });
}
