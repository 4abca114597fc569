"""La obra de publicar: producir lo que falta y dejarlo en orden.

Primero los documentos, después las páginas y las listas, el índice al final, y recién entonces se retira lo
que ya no rige: quien lee nunca ve un índice que apunte a algo que falta. Antes de escribir se anota que
será nuestro, así una publicación interrumpida se termina en la siguiente.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath

from sgc_gt.consultas.listas import exportar
from sgc_gt.consultas.publicado import publicado
from sgc_gt.consultas.publicado_html import enlace, indice, ruta_de_lista
from sgc_gt.consultas.versiones import archivo_de
from sgc_gt.contexto import GENERADOR, Vista
from sgc_gt.dominio import publicacion as p
from sgc_gt.dominio.punto_de_uso import WORD, Documento, Forma, Retirado, elegir, formas
from sgc_gt.errores import EntradaInvalida, IntegridadRota
from sgc_gt.ordenes.carpeta_publica import Carpeta, Pendiente
from sgc_gt.ordenes.publicaciones import Resultado, identidad
from sgc_gt.word.pdf import a_pdf_varios, pdf_disponible

TANDA = 20
"""Cuántos documentos se convierten y se dejan de una vez: un corte pierde a lo más una tanda de trabajo."""
_OCUPADO = "hay ahí un archivo que no se publicó desde aquí: muévalo a otra carpeta"


class Obra:
    """Una publicación en marcha sobre una carpeta ya mirada."""

    def __init__(self, vista: Vista, corte: date, carpeta: Carpeta, avisar: Callable[[str], None]) -> None:
        self.vista = vista
        self.carpeta = carpeta
        self.avisar = avisar
        self.datos = publicado(vista, corte)
        self.hay_pdf = pdf_disponible()
        # Solo de lo que quedó entero se puede decir que alguien lo cambió.
        self.fiable = carpeta.registro.completo and carpeta.conocido
        self.hechos: list[str] = []

    def hacer(self, clave: str) -> Resultado:
        """Ejecuta el plan y deja el registro. Lo que no se pudo queda entre los pendientes."""
        rehecho = not self.carpeta.conocido
        self.carpeta.barrer()
        self.carpeta.registro = self.carpeta.registro._replace(
            servicio=self.datos.servicio, origen=identidad(self.vista)
        )
        documentos, archivos = self._documentos()
        plan = p.juntar(documentos, self._paginas(archivos))
        retirados = [n for n in plan.retirar if n not in self.hechos and self.carpeta.quitar(n)]
        self._cerrar(clave, plan, retirados)
        cambiados = set(plan.cambiados) if self.fiable else set()
        return Resultado(
            publicados=tuple(n for n in self.hechos if _es_documento(n)),
            retirados=tuple(retirados),
            pendientes=tuple(self.carpeta.pendientes),
            carpeta=str(self.carpeta.destino),
            fecha=self.datos.corte,
            ancla=self.datos.ancla,
            rigen=len(self.datos.documentos),
            actualizados=tuple(n for n in self.hechos if not _es_documento(n)),
            restaurados=tuple(sorted(cambiados & set(self.hechos))),
            cambiados=tuple(sorted(cambiados & set(retirados))),
            ajenos=tuple(sorted(set(self.carpeta.presentes) - set(self.carpeta.registro.archivos))),
            sin_pdf=_en_word(archivos),
            rehecho=rehecho,
        )

    def _cerrar(self, clave: str, plan: p.Plan, retirados: Sequence[str]) -> None:
        """El registro final: lo que debe estar, y lo que debió salir y no se pudo."""
        vivos = {*plan.hacer, *plan.dejar, *plan.retirar} - {*retirados}
        anotados = self.carpeta.registro.archivos
        self.carpeta.cerrar(
            self.carpeta.registro._replace(
                clave=clave,
                completo=not self.carpeta.pendientes,
                rigen=len(self.datos.documentos),
                archivos={n: e for n, e in anotados.items() if n in vivos},
            )
        )

    def _documentos(self) -> tuple[p.Plan, dict[str, str]]:
        """Deja los documentos; el plan, y la ruta de cada código que quedó bien puesto."""
        propios, presentes = self._parte(documentos=True)
        en_carpeta = {_nombre(n): e for n, e in propios.items()}
        hay = {_nombre(n): h for n, h in presentes.items() if n in propios}
        elegidas = {
            d.codigo: elegir(formas(d, GENERADOR), en_carpeta, hay, hay_pdf=self.hay_pdf)
            for d in self.datos.documentos
            if not d.reservado
        }
        rutas = {c: f"{p.DOCUMENTOS}/{f.nombre}" for c, f in elegidas.items()}
        plan = p.plan({rutas[c]: f.clave for c, f in elegidas.items()}, propios, presentes)
        self.carpeta.pendientes += [Pendiente(n, _OCUPADO) for n in plan.ocupados]
        por_hacer = [d for d in self.datos.documentos if rutas.get(d.codigo) in plan.hacer]
        puestos = dict[str, str]()
        for desde in range(0, len(por_hacer), TANDA):
            tanda = por_hacer[desde : desde + TANDA]
            if len(por_hacer) > TANDA and self.hay_pdf:
                self.avisar(f"Preparando documentos: {desde + len(tanda)} de {len(por_hacer)}…")
            puestos |= self._tanda(tanda, elegidas)
        archivos = {c: r for c, r in rutas.items() if r in plan.dejar} | puestos
        # Lo que no se pudo convertir quedó en Word, con otro nombre que el previsto.
        return plan._replace(hacer=tuple({*plan.hacer, *puestos.values()})), archivos

    def _tanda(self, docs: Sequence[Documento], elegidas: Mapping[str, Forma]) -> dict[str, str]:
        """Produce y deja unos cuantos documentos; código → ruta de los que quedaron puestos."""
        originales = {d.archivo: self._original(d) for d in docs}
        en_pdf = {d.archivo for d in docs if elegidas[d.codigo].nombre != d.archivo}
        convertidos = _a_pdf({archivo: originales[archivo] for archivo in originales if archivo in en_pdf})
        listos = {
            d.codigo: (formas(d, GENERADOR)[1], originales[d.archivo])
            if d.archivo in en_pdf - convertidos.keys()
            else (elegidas[d.codigo], convertidos.get(d.archivo, originales[d.archivo]))
            for d in docs
        }
        puestos = {c: f"{p.DOCUMENTOS}/{f.nombre}" for c, (f, _) in listos.items()}
        libres = {c: r for c, r in puestos.items() if not self._ocupado(r)}
        self.carpeta.anotar({r: p.Entrada(_sha(listos[c][1]), listos[c][0].clave) for c, r in libres.items()})
        return {c: r for c, r in libres.items() if self._poner(r, listos[c][1])}

    def _ocupado(self, ruta: str) -> bool:
        """Si en ese lugar hay un archivo ajeno; queda dicho."""
        ocupado = ruta in self.carpeta.presentes and ruta not in self.carpeta.registro.archivos
        if ocupado:
            self.carpeta.pendientes.append(Pendiente(ruta, _OCUPADO))
        return ocupado

    def _original(self, d: Documento) -> bytes:
        """Los bytes exactos que se emitieron; IntegridadRota si la historia da otros."""
        contenido = archivo_de(self.vista, self.vista.ficha(d.codigo), d.version, self.datos.corte).contenido
        if _sha(contenido) != d.sha256:
            raise IntegridadRota(
                f"el archivo {d.archivo} no es el que se puso en vigencia",
                lugar=d.codigo,
                hacer="no publique; ejecute: sgc-gt verificar",
            )
        return contenido

    def _paginas(self, archivos: Mapping[str, str]) -> p.Plan:
        """Deja los enlaces, las listas y, al final, el índice."""
        contenidos = dict(self._contenidos(archivos))
        propios, presentes = self._parte(documentos=False)
        plan = p.plan({n: _sha(b) for n, b in contenidos.items()}, propios, presentes)
        self.carpeta.pendientes += [Pendiente(n, _OCUPADO) for n in plan.ocupados]
        if plan.hacer:
            self.carpeta.anotar({n: p.Entrada(_sha(contenidos[n]), _sha(contenidos[n])) for n in plan.hacer})
        for nombre in plan.hacer:
            self._poner(nombre, contenidos[nombre])
        return plan

    def _contenidos(self, archivos: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        codigos: list[Documento | Retirado] = [*self.datos.documentos, *self.datos.retirados]
        anteriores = self._anteriores()
        for d in codigos:
            pagina = enlace(self.datos, d, archivos.get(d.codigo, "")).encode()
            for codigo in (d.codigo, *anteriores.get(d.codigo, ())):
                yield f"{p.ENLACES}/{codigo}.html", pagina
        for lista in self.datos.listas:
            yield ruta_de_lista(lista.nombre), exportar(self.vista, lista, "xlsx")
        yield p.INDICE, indice(self.datos, archivos, sin_pdf=bool(_en_word(archivos))).encode()

    def _anteriores(self) -> dict[str, tuple[str, ...]]:
        """Código de hoy → los que tuvo antes: quien guardó el enlace de uno de ellos sigue llegando."""
        fichas = (self.vista.buscar(codigo) for codigo in self.vista.codigos_cambiados())
        return {f.codigo: tuple(c for c in f.codigos if c != f.codigo) for f in fichas if f}

    def _poner(self, nombre: str, datos: bytes) -> bool:
        puesto = self.carpeta.poner(nombre, datos)
        if puesto:
            self.hechos.append(nombre)
        return puesto

    def _parte(self, *, documentos: bool) -> tuple[dict[str, p.Entrada], dict[str, str]]:
        """Lo nuestro y lo que hay, solo de los documentos o solo de lo demás."""
        propios = self.carpeta.registro.archivos
        return (
            {n: e for n, e in propios.items() if _es_documento(n) is documentos},
            {n: h for n, h in self.carpeta.presentes.items() if _es_documento(n) is documentos},
        )


def _es_documento(ruta: str) -> bool:
    return ruta.startswith(f"{p.DOCUMENTOS}/")


def _nombre(ruta: str) -> str:
    return ruta.rpartition("/")[2]


def _en_word(archivos: Mapping[str, str]) -> tuple[str, ...]:
    """Los códigos que van en Word."""
    return tuple(c for c, ruta in archivos.items() if PurePath(ruta).suffix.lower() == WORD)


def _sha(datos: bytes) -> str:
    return hashlib.sha256(datos).hexdigest()


def _a_pdf(originales: Mapping[str, bytes]) -> dict[str, bytes]:
    """El PDF de cada archivo, por su nombre; falta el que no se pudo convertir."""
    quedan = dict(originales)
    while quedan:
        try:
            return a_pdf_varios(quedan)
        except EntradaInvalida as error:  # nombra el que no se pudo: ese va en Word, y el resultado lo dice
            if quedan.pop(error.lugar, None) is None:
                raise
    return {}
