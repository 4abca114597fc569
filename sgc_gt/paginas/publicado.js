(function () {
  "use strict";
  var uno = function (s) { return document.querySelector(s); };
  var todos = function (s, en) { return Array.prototype.slice.call((en || document).querySelectorAll(s)); };
  todos(".con-guion").forEach(function (e) { e.hidden = false; });
  todos(".sin-guion").forEach(function (e) { e.hidden = true; });

  /* Lo mismo con tilde o sin ella, en mayúscula o minúscula. */
  var llano = function (t) { return t.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase(); };
  var documentos = todos("tr.doc").map(function (fila) {
    var codigo = fila.id;
    return { fila: fila, area: fila.dataset.area, tipo: fila.dataset.tipo,
      texto: llano([codigo, codigo.replace(/-/g, ""), fila.textContent, fila.dataset.area].join(" ")) };
  });
  var buscar = uno("#buscar"), area = uno("#area"), tipo = uno("#tipo"), cuenta = uno("#cuenta");

  function filtrar() {
    var palabras = llano(buscar.value).split(/\s+/).filter(Boolean), hallados = 0;
    documentos.forEach(function (d) {
      var va = (!area.value || d.area === area.value) && (!tipo.value || d.tipo === tipo.value) &&
        palabras.every(function (p) { return d.texto.indexOf(p) >= 0; });
      d.fila.hidden = !va;
      hallados += va ? 1 : 0;
    });
    todos(".documentos tbody").forEach(function (grupo) { grupo.hidden = !todos("tr.doc:not([hidden])", grupo).length; });
    cuenta.textContent = hallados === documentos.length ? plural(hallados) + "." :
      hallados ? plural(hallados) + " de " + documentos.length + "." :
      "Ningún documento que rija responde a esa búsqueda. Pruebe con una sola palabra, o con el código.";
  }
  function plural(n) { return n === 1 ? "1 documento" : n + " documentos"; }

  var emitidos = todos("#todos tbody tr");

  /* Las mismas reglas que «sgc-gt verificar --codigo»: una O es un cero; una I o una L, un uno; bastan ocho. */
  function comprobar() {
    var escrito = uno("#verificacion").value.trim();
    var v = escrito.toUpperCase().replace(/[\s\-\u2010-\u2015\u2212.·_]+/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
    uno("#respuesta").textContent = "";
    if (!v) { return; }
    var ajenas = v.replace(/[0-9A-F]/g, "");
    if (v.length !== 16 && /^\d+\s*-\s*[0-9a-f]{12}$/i.test(escrito)) {
      return decir("espera", "Eso es el ancla", "El código de verificación es el otro: cuatro grupos de cuatro.");
    }
    if (ajenas) {
      return decir("espera", "Revise el código", "Tiene «" + ajenas.charAt(0) + "», que ningún código lleva: solo cifras y letras de la A a la F.");
    }
    if (v.length < 8 || v.length > 16) {
      return decir("espera", "Revise el código", "Son dieciséis cifras y letras, o al menos las ocho primeras; aquí hay " + v.length + ".");
    }
    var filas = emitidos.filter(function (fila) { return fila.dataset.v.indexOf(v) === 0; });
    if (!filas.length) {
      return decir("no", "No es un documento de este servicio",
        "Ninguna versión emitida lleva ese código: si está bien copiado, ese papel es un borrador o alguien lo cambió.");
    }
    filas.forEach(function (fila) {
      var celdas = fila.children, clase = { vigente: "si", archivado: "si", emitido: "espera" }[fila.dataset.estado] || "no";
      var version = celdas[2].textContent && " versión " + celdas[2].textContent;
      decir(clase, fila.dataset.que, celdas[1].textContent + version + ". " +
        celdas[3].textContent.slice(fila.dataset.que.length + 2), celdas[1].textContent);
    });
  }
  function decir(clase, que, frase, codigo) {
    var p = document.createElement("p"), b = document.createElement("b");
    p.className = clase;
    b.textContent = que;
    p.append(b, frase);
    var rige = codigo && document.getElementById(codigo);
    if (rige) {
      var a = document.createElement("a");
      a.href = "#" + codigo;
      a.textContent = clase === "si" ? "Verlo en la lista" : "Ver el que rige";
      p.append(" ", a);
    }
    uno("#respuesta").append(p);
  }

  uno("#busqueda").addEventListener("submit", function (e) { e.preventDefault(); });
  uno("#verificar").addEventListener("submit", function (e) { e.preventDefault(); comprobar(); });
  [buscar, area, tipo].forEach(function (e) { e.addEventListener("input", filtrar); });

  /* Un enlace puede traer la pregunta hecha: index.html#buscar=fomento, index.html#codigo=3F9A-… */
  function preguntado() {
    var partes = /^#(buscar|codigo)=(.*)$/.exec(location.hash);
    if (!partes) { return; }
    var texto = decodeURIComponent(partes[2].replace(/\+/g, " "));
    if (partes[1] === "buscar") { buscar.value = texto; filtrar(); } else { uno("#verificacion").value = texto; comprobar(); }
  }
  window.addEventListener("hashchange", preguntado);
  preguntado();
}());
