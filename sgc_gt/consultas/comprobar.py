"""`comprobar`: el chequeo de forma de un documento, de un archivo suelto o del servicio entero.

Aquí se lee; las reglas (`reglas.catalogo`) solo miran el valor que aquí se arma. Se revisan la versión que
rige y los borradores abiertos; lo obsoleto y lo archivado ya no se corrige.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property, partial

from sgc_gt.comparacion.secciones import comparar_secciones
from sgc_gt.consultas.formas_leidas import FormasLeidas
from sgc_gt.consultas.omitidas import omitidas
from sgc_gt.consultas.revisado import Revisado, Taller, conocido, ruta_de
from sgc_gt.consultas.series_pedidas import SeriesPedidas, series_pedidas
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as estados
from sgc_gt.dominio import rutas
from sgc_gt.dominio.alertas import Alerta
from sgc_gt.dominio.codigos import sirve_de_codigo
from sgc_gt.dominio.distribucion import sin_definir
from sgc_gt.dominio.externos import Externo, externos_de
from sgc_gt.dominio.ficha import Ficha, Movimiento
from sgc_gt.dominio.forma import FormaNormal, secciones
from sgc_gt.dominio.hechos import Lectura
from sgc_gt.dominio.importado import codigos_de_afuera
from sgc_gt.dominio.linea_base import base_de, separar
from sgc_gt.dominio.rectificacion import rectificada
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.reglas.catalogo import CATALOGO, QUE_IMPIDEN
from sgc_gt.reglas.chequeo import chequear
from sgc_gt.reglas.control_documental import huella_de_reglas
from sgc_gt.reglas.materia import SERIE, Conocido, Materia
from sgc_gt.reglas.regla import Regla
from sgc_gt.reglas.siglas import definidas_en, terminologia, tiene_terminologia
from sgc_gt.reglas.textos import clave
from sgc_gt.reglas.vocabulario import Vocabulario, vocabulario
from sgc_gt.repositorio.objetos import oid_de_blob
from sgc_gt.word.hechos import leer

_MITAD = 0.5


class Revision:
    """Una revisión del servicio a una fecha. Lo común a todos los documentos se calcula una vez."""

    def __init__(
        self,
        vista: Vista,
        taller: Taller,
        fecha: date,
        lecturas: FormasLeidas,
        en_carpeta: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        """`en_carpeta` da lo que hay en la carpeta de trabajo: un borrador se revisa como su dueño lo ve."""
        self.vista, self.taller, self.fecha, self.lecturas = vista, taller, fecha, lecturas
        self._en_carpeta = en_carpeta
        self._oids: Mapping[str, str] | None = None

    # ---- qué se revisa -----------------------------------------------------------------------------------

    def todo(self) -> list[Revisado]:
        """Lo que rige y lo que está en trabajo, de peor a mejor."""
        pares = [(ficha, v) for ficha in self.fichas for v in self._vivas(ficha)]
        self._oids = dict(self.vista.oids([ruta_de(f, v) for f, v in pares]))
        revisados = [self._version(ficha, v) for ficha, v in pares]
        return sorted(revisados, key=lambda r: (*(-n for n in r.peso), r.codigo))

    def que_rige(self) -> list[Revisado]:
        """Solo lo que rige: lo que está en trabajo todavía se corrige."""
        pares = [(f, v) for f in self.fichas for v in self._vivas(f) if v.estado == estados.VIGENTE]
        self._oids = dict(self.vista.oids([ruta_de(f, v) for f, v in pares]))
        return [self._version(ficha, v) for ficha, v in pares]

    def documento(self, codigo: str) -> list[Revisado]:
        """El borrador de ese código o, si no tiene, lo que rige. NoEncontrado si el código no existe."""
        ficha = self.vista.ficha(codigo)
        vivas = sorted(self._vivas(ficha), key=lambda v: v.estado not in estados.ABIERTOS)
        return [self._version(ficha, v) for v in vivas[:1]]

    def suelto(self, nombre: str, contenido: bytes) -> Revisado:
        """Un archivo cualquiera: del documento que dice ser, o del tipo al que más se parece."""
        lectura = self.lecturas.leer(oid_de_blob(contenido), contenido, nombre)
        ficha, v = self._de_quien(nombre, lectura)
        if ficha is None or v is None:
            return Revisado(
                "", "", "", "", nombre, "", tuple(chequear(self._materia_suelta(nombre, lectura)))
            )
        materia = replace(self._materia(ficha, v, lectura, None), archivo=nombre, documento=nombre)
        responsable = str(ficha.identidad.get("responsable", ""))
        alertas = tuple(chequear(materia))
        return Revisado(ficha.codigo, v.version, v.estado, v.titulo, nombre, responsable, alertas)

    def _materia_suelta(self, nombre: str, lectura: Lectura) -> Materia:
        donde = f"{nombre.replace('_', ' ')}\n{lectura.hechos.encabezado}"
        propios = dict.fromkeys(self._vocabulario.codigos.findall(donde), Conocido(SERIE))
        return Materia(
            nombre,
            lectura.forma,
            self.vista.servicio,
            archivo=nombre,
            tipo=self._tipo_probable(lectura.forma),
            hechos=lectura.hechos,
            codigos={**propios, **self.codigos},
            externos=self.externos,
            siglas=self._siglas(nombre, lectura.forma),
            fecha=self.fecha,
            vocabulario_=self._vocabulario,
        )

    # ---- lo común ----------------------------------------------------------------------------------------

    @cached_property
    def fichas(self) -> tuple[Ficha, ...]:
        """Las de documentos; de los registros, solo los que están en trabajo."""
        return tuple(rectificada(f) for f in self.vista.fichas())

    @cached_property
    def codigos(self) -> Mapping[str, Conocido]:
        """Todos los códigos del servicio, con su estado y los títulos que han tenido."""
        series = {c: Conocido(SERIE, s.nombre) for c, s in self.vista.servicio.series.items()}
        documentos = [(f, conocido(f, self.fecha)) for f in self.fichas if "/" not in f.clave]
        return series | {
            c: dicho._replace(hoy=f.codigo if c in f.codigos[:-1] else "")
            for f, dicho in documentos
            for c in (*f.codigos, *codigos_de_afuera(f))
        }

    @cached_property
    def externos(self) -> tuple[Externo, ...]:
        """La lista de documentos externos."""
        return tuple(externos_de(self.vista.sistema).values())

    @cached_property
    def _vocabulario(self) -> Vocabulario:
        return vocabulario(self.vista.servicio)

    @cached_property
    def _definidas(self) -> Mapping[str, frozenset[str]]:
        """Las siglas que la terminología de cada documento vigente define."""
        vigentes = {f.codigo: (f, v) for f in self.fichas if (v := situacion(f, self.fecha).vigente)}
        rutas_ = {c: ruta_de(*par) for c, par in vigentes.items() if par[1].archivo.endswith(".docx")}
        oids = self.vista.oids(rutas_.values())
        return {
            codigo: self.lecturas.siglas(oids[ruta], partial(self._define, *vigentes[codigo]))
            for codigo, ruta in rutas_.items()
            if ruta in oids and "/" not in codigo
        }

    def _define(self, ficha: Ficha, v: Version) -> frozenset[str]:
        lectura = self._leida(ruta_de(ficha, v), v)
        return (
            definidas_en(terminologia(self._de_forma(ficha.codigo, lectura.forma)))
            if lectura
            else frozenset()
        )

    def _de_forma(self, codigo: str, forma: FormaNormal) -> Materia:
        return Materia(codigo, forma, self.vista.servicio, vocabulario_=self._vocabulario)

    def _siglas(self, codigo: str, forma: FormaNormal | None) -> frozenset[str]:
        """Las que otros documentos definen, para el que no tiene terminología propia."""
        if forma is None or tiene_terminologia(self._de_forma(codigo, forma)):
            return frozenset()
        return frozenset().union(*(s for c, s in self._definidas.items() if c != codigo))

    @cached_property
    def _series(self) -> SeriesPedidas:
        return series_pedidas(self.vista, self.fichas, self.fecha)

    # ---- una versión -------------------------------------------------------------------------------------

    def _vivas(self, ficha: Ficha) -> Iterator[Version]:
        for v in situacion(ficha, self.fecha).vivas():
            if v.archivo and v.estado not in estados.CONSERVADOS:
                yield v

    def _version(self, ficha: Ficha, v: Version) -> Revisado:
        ruta = ruta_de(ficha, v)
        lectura = self._leida(ruta, v)
        datos = self.vista.leer(rutas.datos_de(ruta)) if v.estado in estados.ABIERTOS else None
        alertas = chequear(self._materia(ficha, v, lectura, datos))
        propias, base = self.separadas(ficha, v, alertas, CATALOGO)
        propias = [*propias, *omitidas(self.vista, ficha, v, datos, self.fecha)]
        responsable = str(ficha.identidad.get("responsable", ""))
        return Revisado(
            ficha.codigo, v.version, v.estado, v.titulo, ruta, responsable, tuple(propias), tuple(base)
        )

    def impedimentos(self, ficha: Ficha, v: Version, contenido: bytes, datos: bytes | None) -> list[Alerta]:
        """Las alertas que impiden enviar ese contenido, fuera de la línea base."""
        lectura = leer(contenido, v.archivo) if v.archivo.endswith(".docx") else None
        # Lo que impide está en el documento mismo: enviar no tiene por qué leer los demás del servicio.
        alertas = chequear(self._del_documento(ficha, v, lectura, datos), QUE_IMPIDEN)
        return self.separadas(ficha, v, alertas, QUE_IMPIDEN)[0]

    def separadas(
        self, ficha: Ficha, v: Version, alertas: list[Alerta], reglas: Iterable[Regla]
    ) -> tuple[list[Alerta], list[Alerta]]:
        """(las propias, las de la línea base) de esa versión."""
        importacion = base_de(ficha, v.version, self.vista.servicio.formato)
        if importacion is None or not alertas:
            return alertas, []
        if v.version == importacion.version:
            return [], alertas
        contenido = self._en_la_historia(ficha, importacion)
        importada = situacion(ficha).de(importacion.version)
        if contenido is None or importada is None:
            return alertas, []
        lectura = self.lecturas.leer(oid_de_blob(contenido), contenido, importacion.archivo)
        materia = self._materia(ficha, importada._replace(archivo=importacion.archivo), lectura, None)
        return separar(alertas, chequear(materia, reglas))

    def _en_la_historia(self, ficha: Ficha, m: Movimiento) -> bytes | None:
        """El archivo tal como lo dejó ese movimiento."""
        commits = [c.oid for c in self.vista.repo.bitacora(rutas.ruta_ficha(ficha))]
        if not m.archivo or m.n > len(commits):
            return None
        return self.vista.repo.leer(f"{rutas.carpeta(ficha)}/{m.archivo}", commits[m.n - 1])

    def _leida(self, ruta: str, v: Version) -> Lectura | None:
        """Lo que dice el archivo de esa versión; None si no es de Word."""
        if not v.archivo.endswith(".docx"):
            return None
        if v.estado in estados.ABIERTOS and (contenido := self._en_carpeta(ruta)) is not None:
            return self.lecturas.leer(oid_de_blob(contenido), contenido, v.archivo)
        oid = self._oids.get(ruta) if self._oids is not None else self.vista.oids([ruta]).get(ruta)
        recordada = self.lecturas.recordada(oid) if oid else None
        if recordada is not None or oid is None:
            return recordada
        return self.lecturas.leer(oid, self.vista.leer(ruta) or b"", v.archivo)

    def _materia(self, ficha: Ficha, v: Version, lectura: Lectura | None, datos: bytes | None) -> Materia:
        """El documento entre los demás del servicio."""
        forma = lectura.forma if lectura else None
        return replace(
            self._del_documento(ficha, v, lectura, datos),
            codigos=self.codigos,
            externos=self.externos,
            siglas=self._siglas(ficha.codigo, forma),
            series_sin_pedir=self._series.sin_pedir(ficha, forma),
            cambiadas=self._cambiadas(ficha, v, forma) if v.estado in estados.ABIERTOS else None,
        )

    def _del_documento(
        self, ficha: Ficha, v: Version, lectura: Lectura | None, datos: bytes | None
    ) -> Materia:
        """El documento solo: su texto, sus datos, su tipo."""
        vista = self.vista
        forma = lectura.forma if lectura else None
        abierta = v.estado in estados.ABIERTOS
        return Materia(
            ficha.codigo,
            forma,
            vista.servicio,
            archivo=v.archivo,
            codigo=ficha.codigo,
            anteriores=ficha.codigos[:-1],
            version=v.version,
            titulo=v.titulo,
            tipo=vista.servicio.tipos.get(ficha.tipo),
            hechos=lectura.hechos if lectura else None,
            fecha=self.fecha,
            vocabulario_=self._vocabulario,
            motivo=v.motivo,
            reglas_al_dia=self._al_dia(ficha, v),
            # Del borrador responde quien elabora; a quién llega lo dice control documental, de lo que rige.
            sin_destinatarios=not abierta and sin_definir(vista.servicio, ficha),
            faltas=self.taller.faltas(vista, ficha.tipo, datos, rutas.datos_de(v.archivo)) if datos else (),
            guias=self.taller.guias_de(vista, ficha) if abierta and forma else frozenset(),
        )

    @cached_property
    def _reglas_de_hoy(self) -> str:
        return huella_de_reglas(self.vista.servicio)

    def _al_dia(self, ficha: Ficha, v: Version) -> bool:
        """Si la versión dice las reglas de hoy, cuando se escribe de ellas."""
        dichas = [
            str(m.extra["reglas"]) for m in ficha.actos if m.version == v.version and "reglas" in m.extra
        ]
        return not dichas or dichas[-1] == self._reglas_de_hoy

    def _cambiadas(self, ficha: Ficha, v: Version, forma: FormaNormal | None) -> tuple[str, ...] | None:
        """Las secciones del borrador que no son como en la vigente; None si no hay vigente."""
        rige = situacion(ficha, self.fecha).vigente
        anterior = self._leida(ruta_de(ficha, rige), rige) if rige and rige.version != v.version else None
        if anterior is None or forma is None:
            return None
        return tuple(str(c["seccion"]) for c in comparar_secciones(anterior.forma, forma))

    # ---- un archivo suelto -------------------------------------------------------------------------------

    def _de_quien(self, nombre: str, lectura: Lectura) -> tuple[Ficha | None, Version | None]:
        """El documento que el archivo dice ser, por sus propiedades o por su nombre, y qué versión."""
        propias = lectura.hechos.propiedades
        en_nombre = self._vocabulario.codigos.findall(nombre.replace("_", " "))
        codigo = propias.get("codigo", "") or (en_nombre[0] if en_nombre else "")
        ficha = self.vista.buscar(codigo) if sirve_de_codigo(codigo) else None
        if ficha is None:
            return None, None
        s = situacion(ficha, self.fecha)
        return ficha, s.de(propias.get("version", "")) or s.abierta or s.vigente

    def _tipo_probable(self, forma: FormaNormal) -> Tipo | None:
        """El tipo cuyas secciones obligatorias más aparecen; None si ninguno llega a la mitad."""
        titulos = {clave(s.titulo) for s in secciones(forma)}
        mejores = [
            (sum(clave(s.titulo) in titulos for s in tipo.secciones) / len(tipo.secciones), tipo)
            for tipo in self.vista.servicio.tipos.values()
            if tipo.secciones
        ]
        parte, mejor = max(mejores, key=lambda par: par[0], default=(0.0, None))
        return mejor if parte >= _MITAD else None
