// Elements, made without ever reading text as HTML: whatever an article says stays text.

/** An element with properties, data attributes ("data-…", "aria-…" too) and children; what is null or false is left out. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && !name.includes("-") && name !== "list") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** A link to a page of the server, or to the web; text where there is no address. Only those two kinds of address become links. */
export function link(address, text) {
  const local = address && address.startsWith("/") && !address.startsWith("//");
  if (local) return element("a", { href: address }, text);
  if (address && /^https?:\/\//i.test(address)) return element("a", { href: address, rel: "noreferrer nofollow", target: "_blank" }, text);
  return element("span", {}, text);
}

/** Replaces what an element holds. */
export function fill(holder, ...children) {
  holder.replaceChildren(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
}

export const plural = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
