// Sends the files of components/upload.html one by one, pictures shrunk first. A file that fails costs nothing else.
const LONGEST = 2000;

async function shrunk(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 700_000 || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" });
  } catch {
    return file;
  }
}

function send(url, token, file, progress) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => { progress.value = event.loaded / event.total; };
    request.onload = () => {
      try {
        done([request.status, JSON.parse(request.responseText)]);
      } catch {
        done([request.status, {}]);
      }
    };
    request.onerror = () => done([0, {}]);
    request.send(body);
  });
}

function line(text) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = text;
  row.append(name);
  return row;
}

for (const box of document.querySelectorAll("[data-upload]")) {
  const field = box.querySelector("input[type=file]");
  const list = box.querySelector(".upload-list");
  const token = box.closest("form").querySelector("[name=csrfmiddlewaretoken]").value;
  const words = box.dataset;

  const fail = (row, text) => {
    const small = document.createElement("small");
    small.className = "upload-bad";
    small.textContent = text;
    row.querySelector("progress")?.remove();
    row.append(small);
  };

  const accept = (row, answer) => {
    const hidden = document.createElement("input");
    hidden.type = "hidden";
    hidden.name = words.name;
    hidden.value = answer.id;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn btn-quiet";
    remove.textContent = words.remove;
    remove.addEventListener("click", () => {
      if (answer.remove_url) fetch(answer.remove_url, { method: "POST", headers: { "X-CSRFToken": token } });
      row.remove();
    });
    row.querySelector("progress").remove();
    row.append(hidden, remove);
  };

  field.addEventListener("change", async () => {
    const files = [...field.files];
    field.value = "";
    for (const original of files) {
      const row = line(original.name);
      list.append(row);
      if (box.querySelectorAll(`input[name="${words.name}"]`).length >= Number(words.max)) {
        fail(row, words.many);
        continue;
      }
      const file = await shrunk(original);
      if (file.size > Number(words.megabytes) * 1_000_000) {
        fail(row, words.large);
        continue;
      }
      const progress = document.createElement("progress");
      progress.setAttribute("aria-label", `${words.sending} ${original.name}`);
      row.append(progress);
      const [status, answer] = await send(words.upload, token, file, progress);
      if (status === 201) accept(row, answer);
      else fail(row, answer.error || words.failed);
    }
  });
}
