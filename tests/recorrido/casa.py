"""Una casa: la carpeta de un servicio de prueba y las personas que le dan órdenes por la línea de comandos."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import docx
from filelock import FileLock

from sgc_gt.cli import principal
from sgc_gt.cli.principal import ejecutar

DOMINIO = "senopl.example"
EJEMPLO = Path(principal.__file__).parents[1] / "ejemplo"
CASA_ABIERTA = datetime(2025, 3, 3, 12, tzinfo=UTC)
ACTA = b"%PDF-1.4\n% respaldo ficticio de la prueba\n%%EOF\n"
PROCEDIMIENTO = """\
objetivo: [Ordenar la entrega de los subsidios.]
alcance: [Todas las direcciones regionales.]
responsabilidades: [{rol: Jefe/a de la división, deberes: [Responde por el proceso.]}]
terminologia: [{termino: Taller, definicion: Espacio de trabajo.}]
referencias: [{titulo: ISO 9001}]
flujo:
  nodos: [{id: inicio, texto: Inicio, clase: inicio}, {id: fin, texto: Fin, clase: fin}]
  arcos: [{de: inicio, a: fin}]
  alternativa: [Del inicio se pasa al fin.]
etapas: [{titulo: Convocatoria, pasos: [{texto: Se publican las bases.}]}]
seguimiento: [{texto: Cada trimestre se mide la cobertura.}]
resultados: [{grupo: Para las personas, elementos: [Talleres habilitados]}]
anexos: [{titulo: Pauta, parrafos: [La pauta nacional vigente.]}]
"""
"""Los datos de un procedimiento corto y completo: se puede enviar."""
INTERNAS = re.compile(
    r"\b(commits?|repositorio|trailer|blob|yaml|traceback|None|True|False)\b", re.IGNORECASE
)
SIN_TILDE = re.compile(
    r"(?<![-\w./«'])(titulo|codigo|codigos|version|seccion|area|region|periodo|ubicacion|accion|resolucion|vacio"
    r"|numero|pagina|anio|linea|parrafo|visacion|revision|aprobacion|emision|configuracion|organizacion)(?![\w.=/(-])"
)
INGLES = re.compile(
    r"\b(the|is|was|not|file|directory|error|errors|invalid|unexpected|required|missing|expected|permission|denied"
    r"|device|space|by zero|template|usage|command|options?)\b",
    re.IGNORECASE,
)


class Reloj:
    """La hora de la prueba: avanza un minuto cada vez que se mira, y salta al día que se le diga."""

    def __init__(self, hora: datetime) -> None:
        self.hora = hora

    def __call__(self) -> datetime:
        self.hora += timedelta(minutes=1)
        return self.hora

    def dia(self, texto: str) -> None:
        """Las 9:00 de ese día en Chile."""
        self.hora = datetime.fromisoformat(f"{texto}T12:00:00").replace(tzinfo=UTC)


class Salida(NamedTuple):
    """Lo que una orden respondió."""

    codigo: int
    texto: str
    avisos: str

    @property
    def valor(self) -> Any:
        """El valor de --json: uno solo en la salida."""
        return json.loads(self.texto)

    @property
    def uno(self) -> dict[str, Any]:
        """El único resultado de un acto."""
        [resultado] = self.valor
        return dict(resultado)


def mandar(argumentos: list[str]) -> Salida:
    """Ejecuta la línea de comandos en este proceso. Un defecto del programa (70) muestra su traza."""
    salida, avisos = io.StringIO(), io.StringIO()
    with redirect_stdout(salida), redirect_stderr(avisos):
        codigo = ejecutar(argumentos)
    if codigo == 70:
        registro = re.search(r"\S+\.log", avisos.getvalue() + salida.getvalue())
        raise AssertionError(f"{argumentos}\n{Path(registro.group()).read_text() if registro else avisos}")
    return Salida(codigo, salida.getvalue(), avisos.getvalue())


@contextmanager
def al_teclado(cargo: str) -> Iterator[None]:
    """La persona de ese cargo (o de ese correo), como su git la conoce. La carpeta ya es de control documental."""
    if cargo == "cdoc":
        yield
        return
    correo = cargo if "@" in cargo else f"{cargo}@{DOMINIO}"
    propia = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.email", "GIT_CONFIG_VALUE_0": correo}
    antes = {clave: os.environ.get(clave) for clave in propia}
    os.environ.update(propia)
    try:
        yield
    finally:
        for clave, valor in antes.items():
            os.environ.pop(clave) if valor is None else os.environ.update({clave: valor})


def una_vez(carpeta: Path, construir: Callable[[Path], None]) -> Path:
    """La plantilla, construida por el primer proceso que la pida."""
    with FileLock(str(carpeta) + ".lock"):
        if not carpeta.exists():
            obra = carpeta.with_name(carpeta.name + ".obra")
            shutil.rmtree(obra, ignore_errors=True)
            construir(obra)
            obra.rename(carpeta)
    return carpeta


class Casa:
    """La carpeta de un servicio. `de` es el cargo de quien está al teclado (cdoc si no se dice)."""

    def __init__(self, raiz: Path, reloj: Reloj) -> None:
        self.raiz = raiz
        self.reloj = reloj
        self.adulterada = False  # la prueba la rompe a propósito: no se exige integridad al final

    def orden(self, linea: str, *mas: str, de: str = "cdoc", json: bool = True) -> Salida:
        """La orden escrita como en una consola, más argumentos ya separados."""
        propias = ["--repo", str(self.raiz), *(["--json"] if json else [])]
        with al_teclado(de):
            return mandar([*propias, *shlex.split(linea), *mas])

    def hace(self, linea: str, *mas: str, de: str = "cdoc") -> Any:
        """La orden que debe resultar; devuelve su valor."""
        salida = self.orden(linea, *mas, de=de)
        assert salida.codigo == 0, f"{linea}: {salida.texto}{salida.avisos}"
        return salida.valor

    def dice(self, linea: str, *mas: str, de: str = "cdoc") -> str:
        """La orden sin --json: lo que la persona lee en la pantalla, avisos incluidos."""
        salida = self.orden(linea, *mas, de=de, json=False)
        assert salida.codigo == 0, salida
        return salida.texto + salida.avisos

    def negada(
        self, linea: str, *mas: str, de: str = "cdoc", codigo: int = 1, dice: str = ""
    ) -> dict[str, Any]:
        """La orden que debe negarse sin que nada cambie, con una oración en buen español que diga `dice`."""
        with self.nada_cambia():
            salida = self.orden(linea, *mas, de=de)
        assert salida.codigo == codigo, salida
        error = dict(salida.valor["error"])
        assert {"clase", "mensaje", "lugar", "esperado", "hacer"} <= set(error), error
        leer_en_voz_alta(error)
        todo = json.dumps(error, ensure_ascii=False)
        assert dice in todo, todo
        return error

    def git(self, *orden: str, entrada: bytes | None = None, ambiente: dict[str, str] | None = None) -> str:
        """git como lo usaría alguien en la carpeta."""
        hecho = subprocess.run(
            ["git", *orden], cwd=self.raiz, input=entrada, capture_output=True, env=ambiente, check=False
        )
        assert hecho.returncode == 0, hecho.stderr.decode()
        return hecho.stdout.decode()

    def cabeza(self) -> str:
        return self.git("rev-parse", "refs/heads/main").strip()

    def ruta(self, relativa: str) -> Path:
        return self.raiz / relativa

    def archivos(self, carpeta: str) -> set[str]:
        """Los archivos bajo una carpeta, relativos a ella."""
        base = self.raiz / carpeta
        return {str(a.relative_to(base)) for a in base.rglob("*") if a.is_file()}

    def ficha(self, codigo: str) -> dict[str, Any]:
        """La ficha tal como está en la carpeta."""
        [ruta] = [
            *self.raiz.glob(f"documentos/*/{codigo}/ficha.json"),
            *self.raiz.glob(f"registros/{codigo}/ficha.json"),
        ]
        return dict(json.loads(ruta.read_text("utf-8")))

    def estados(self, codigo: str, fecha: str = "") -> dict[str, str]:
        """versión → estado de las versiones vivas."""
        filas = self.hace(f"estado {codigo} {f'--fecha {fecha}' if fecha else ''}")
        return {f["version"]: f["estado"] for f in filas}

    def etiquetas(self) -> set[str]:
        return set(self.git("tag", "-l").split())

    def lista(self, nombre: str) -> str:
        return (self.raiz / "registros" / nombre).read_text("utf-8-sig")

    def verificar(self, desde: str = "") -> dict[str, Any]:
        """El informe de integridad, cualquiera sea; desde un ancla ya revisada, o entero."""
        salida = self.orden(f"verificar --desde {desde}" if desde else "verificar")
        informe = dict(salida.valor)
        assert salida.codigo == (0 if informe["ok"] else 3), salida
        return informe

    def foto(self) -> dict[str, str]:
        """Todo lo que un rechazo no puede tocar: archivos de la carpeta, referencias, índice, diario."""
        de_trabajo = {
            str(a.relative_to(self.raiz)): hashlib.sha256(a.read_bytes()).hexdigest()
            for a in self.raiz.rglob("*")
            if a.is_file() and ".git" not in a.relative_to(self.raiz).parts
        }
        internos = {
            f".git/{n}": hashlib.sha256((self.raiz / ".git" / n).read_bytes()).hexdigest()
            for n in ("HEAD", "index", "sgc/diario.json", "sgc/pendientes.json")
            if (self.raiz / ".git" / n).is_file()
        }
        trabas = {str(t): "" for t in (self.raiz / ".git").rglob("*.lock") if t.name != "sgc.lock"}
        return {**de_trabajo, **internos, **trabas, "refs": self.git("for-each-ref")}

    @contextmanager
    def nada_cambia(self) -> Iterator[None]:
        antes = self.foto()
        yield
        assert self.foto() == antes

    def adjunto(self, nombre: str = "respaldo.pdf", datos: bytes = ACTA) -> str:
        """Un archivo de respaldo fuera de la carpeta del servicio."""
        destino = self.raiz.parent / nombre
        destino.write_bytes(datos)
        return str(destino)

    def editar(self, codigo: str, texto: str, *, despues_de: str = "Objetivo") -> Path:
        """Alguien abre el borrador en Word, agrega un párrafo a una sección y guarda."""
        [archivo] = [
            a
            for a in self.raiz.glob(f"documentos/*/{codigo}/borrador/*.docx")
            if not a.name.startswith("~$") and "con-observaciones" not in a.name
        ]
        escribir_en_word(archivo, texto, despues_de=despues_de)
        return archivo

    def nuevo(self, area: str, *, titulo: str = "Otro", elabora: str = "cr1", mas: str = "") -> str:
        """Un procedimiento corto y completo en esa área, revisado por egt y aprobado por dn; su código."""
        datos = self.adjunto("procedimiento.yaml", PROCEDIMIENTO.encode())
        linea = f"crear procedimiento --titulo '{titulo}' --area {area} --elabora {elabora} --revisa egt --aprueba dn"
        return str(self.hace(f"{linea} {mas} --datos", datos)["codigo"])

    def hasta(
        self, codigo: str, acto: str, *, elabora: str = "cr1", revisa: str = "egt", aprueba: str = "dn"
    ) -> None:
        """Lleva un borrador por el circuito normal, hasta ese acto inclusive."""
        for paso, de in (("enviar", elabora), ("revisar", revisa), ("aprobar", aprueba), ("emitir", "cdoc")):
            self.hace(f"{paso} {codigo}", de=de)
            if paso == acto:
                return

    def copia(self, destino: Path) -> Casa:
        """Otra casa igual."""
        shutil.copytree(self.raiz, destino)
        return Casa(destino, self.reloj)


def escribir_en_word(archivo: Path, texto: str, *, despues_de: str = "Objetivo") -> None:
    """Un párrafo nuevo bajo el título de esa sección, guardado por python-docx (que reescribe el paquete)."""
    documento = docx.Document(str(archivo))
    titulo = next(
        p for p in documento.paragraphs if p.text.strip() == despues_de and "TOC" not in p.style.name
    )
    nuevo = titulo.insert_paragraph_before(texto)
    titulo._p.addnext(nuevo._p)
    aparte = archivo.with_suffix(".guardando")  # como Word: escribe aparte y reemplaza
    documento.save(str(aparte))
    aparte.replace(archivo)


def texto_de(archivo: Path) -> str:
    """Todo el texto de un DOCX, encabezados, pies y zonas incluidos."""
    import zipfile  # noqa: PLC0415  (solo aquí)

    with zipfile.ZipFile(archivo) as paquete:
        partes = [
            n for n in paquete.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", n)
        ]
        crudo = " ".join(paquete.read(n).decode("utf-8") for n in sorted(partes))
    return " ".join(re.sub(r"<[^>]+>", "", re.sub(r"</w:(p|tc)>", " ", crudo)).split())


def leer_en_voz_alta(error: dict[str, Any]) -> None:
    """Un rechazo es una oración en español para quien no sabe de programas."""
    mensaje = str(error["mensaje"])
    assert mensaje, error
    assert not mensaje.endswith("."), f"el punto lo pone la pantalla: {mensaje}"
    for clave in ("mensaje", "esperado", "hacer"):
        revisar_lengua(str(error[clave]))
    for problema in error.get("problemas", ()):
        revisar_lengua(str(problema["mensaje"]))


def revisar_lengua(frase: str) -> None:
    """Ni palabras de la máquina, ni inglés, ni tildes que faltan, ni plurales de uno."""
    sin_nombres = re.sub(
        r"[\w./\\:~$-]*\.(yaml|docx|pdf|csv|json|xlsx|log)\b|«[^»]*»|--[\w-]+|\{\w+\}|filtros: .*", "", frase
    )
    for regla in (INTERNAS, SIN_TILDE, INGLES):
        hallado = regla.search(sin_nombres)
        assert hallado is None, f"«{hallado.group()}» en: {frase}"
    assert not re.search(r"\b1 (alertas|cambios|problemas|días|documentos|registros|movimientos)\b", frase), (
        frase
    )
    assert "  " not in frase.strip(), frase
    assert not re.search(r"\w+\(\w+=", sin_nombres), f"un valor de Python en: {frase}"
