// Finds the QR code in a picture: by WebAssembly, by plain JavaScript where that cannot run.

export async function makeReader({ zxing, wasm, jsqr }) {
  try {
    return await byWebAssembly(zxing, wasm);
  } catch {
    return byScript(jsqr);
  }
}

async function byWebAssembly(zxing, wasm) {
  const { prepareZXingModule, readBarcodes } = await import(zxing);
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  const options = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };
  return async (picture) => {
    const [found] = await readBarcodes(picture, options);
    return found?.isValid ? found.text : null;
  };
}

async function byScript(address) {
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  return async (picture) => globalThis.jsQR(picture.data, picture.width, picture.height)?.data || null;
}
