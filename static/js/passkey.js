// Passkeys: a form with data-passkey="create" or "get" gets a button that asks the browser for one.
//
// The options stand in a JSON script element named by data-options, or come from the form's own address
// (data-ask, when nobody has signed in yet). The answer goes into the field "credential" and the form
// is sent. `webauthnJSON` comes from django-allauth (mfa/js/webauthn-json.js). The form stays hidden
// where the browser has no passkeys: there is always another way.

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.isSecureContext || !window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const trouble = form.querySelector("[role=alert]");
    trouble.hidden = true;
    try {
      const options = await optionsOf(form);
      const credential = form.dataset.passkey === "create" ? await create(options) : await window.webauthnJSON.get(options);
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      trouble.hidden = false; // the person stopped it, or the device has no such passkey
    }
  });
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

function create(options) {
  const wanted = options.publicKey.authenticatorSelection;
  Object.assign(wanted, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
  return window.webauthnJSON.create(options);
}
