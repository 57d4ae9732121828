export default { optimizeDeps: { exclude: ["traq-auth"] } };
