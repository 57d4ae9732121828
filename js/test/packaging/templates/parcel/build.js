const { writeFileSync } = require("node:fs");
const { Parcel } = require("@parcel/core");

const [, , page] = process.argv;
const html = `${__dirname}/${page}.html`;
const icon = '<link rel="icon" href="data:,">';
writeFileSync(html, `<!doctype html>${icon}<body><script type="module" src="src/${page}.js"></script>`);
new Parcel({
  entries: html,
  defaultConfig: "@parcel/config-default",
  mode: "production",
  shouldDisableCache: true,
  defaultTargetOptions: { distDir: `${__dirname}/dist/${page}`, publicUrl: "./" },
}).run();
