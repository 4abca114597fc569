"""La composición: una vista del servicio en un punto de su historia, y el contexto con que se escribe.

`Vista` es lo que se sabe en un commit: configuración, organización, fichas, plantillas. `Contexto` agrega
raíz, reloj y personas. Ni uno ni otra preguntan la hora ni el ambiente: se les dicen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sgc_gt.config.cache import FORMATO, a_dict, de_dict
from sgc_gt.dominio import rutas
from sgc_gt.dominio.externos import externos_de
from sgc_gt.dominio.ficha import Ficha, leer_ficha
from sgc_gt.dominio.ficha_sistema import ficha_vacia, organizacion
from sgc_gt.dominio.importado import codigos_de_afuera
from sgc_gt.dominio.organizacion import Organizacion
from sgc_gt.dominio.parecidos import quiso_decir
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.errores import NoEncontrado
from sgc_gt.repositorio.disco import carpeta_memoria, escribir
from sgc_gt.repositorio.repositorio import Repositorio

if TYPE_CHECKING:
    from sgc_gt.word.plantilla import Plantilla

GENERADOR = "sgc-gt 1"
"""La versión del generador que se anota: dos borradores con la misma dan los mismos bytes."""

GENERADORES = (GENERADOR,)
"""Las que ha habido. Un sello que dice otra no se da por bueno: nadie lo puede repetir."""

_RECORDADOS: dict[str, Servicio] = {}
"""Configuraciones ya leídas en este proceso, por su clave: son valores congelados."""


class Vista:
    """El servicio tal como quedó en un commit. Lee de la historia, nunca de la carpeta de trabajo."""

    _leida: tuple[bytes, Ficha] | None = None
    """La última ficha buscada, con los bytes de que salió: con cientos de movimientos, leerla cuesta."""

    def __init__(self, repo: Repositorio, commit: str) -> None:
        self.repo = repo
        self.commit = commit

    def configuracion(self) -> dict[str, str]:
        """Rutas de la configuración (sgc.yaml, tipos y plantillas, series, requisitos) y su oid."""
        return dict(self._configuracion)

    @cached_property
    def _configuracion(self) -> dict[str, str]:
        """Rutas de configuración → oid del blob."""
        return {
            **self.presentes(rutas.PLANTILLAS),
            **self.presentes(rutas.REQUISITOS),
            **self.oids([rutas.CONFIGURACION, rutas.SERIES]),
        }

    @cached_property
    def servicio(self) -> Servicio:
        """La configuración, validada. Se recuerda, en memoria y en disco, por los oid de sus archivos."""
        legibles = {r: o for r, o in self._configuracion.items() if r.endswith(".yaml")}
        clave = hashlib.sha256(json.dumps([FORMATO, *sorted(legibles.items())]).encode()).hexdigest()[:32]
        if clave not in _RECORDADOS:
            _RECORDADOS[clave] = self._recordado(clave) or self._cargado(clave)
        return _RECORDADOS[clave]

    def servicio_de_origen(self) -> Servicio:
        """La configuración, leída y validada de sus archivos: no cree en lo que la carpeta recuerda."""
        # Aquí, y no arriba: leer YAML y validar cuesta 300 ms que una consulta ordinaria no debe pagar.
        from sgc_gt.config.carga import cargar  # noqa: PLC0415

        return cargar(self.leer_varios(r for r in self._configuracion if r.endswith(".yaml")))

    def _recordado(self, clave: str) -> Servicio | None:
        """Lo que se guardó la última vez que se validó esta misma configuración."""
        try:
            return de_dict(json.loads(self._recuerdo(clave).read_bytes()))
        except (OSError, ValueError):  # no está, o es de otra forma: se vuelve a cargar de los archivos
            return None

    def _cargado(self, clave: str) -> Servicio:
        servicio = self.servicio_de_origen()
        with suppress(OSError):  # una carpeta de solo lectura también se puede consultar
            datos = json.dumps(a_dict(servicio), ensure_ascii=False).encode()
            escribir(self.repo.raiz, self._recuerdo(clave), datos)
        return servicio

    def _recuerdo(self, clave: str) -> Path:
        return carpeta_memoria(self.repo.raiz) / f"configuracion-{clave}.json"

    def feriados(self, anio: int, region: str = "") -> Mapping[date, str]:
        """Los días del año en que no corre un plazo, y por qué: los legales y los que el servicio agrega."""
        from sgc_gt.avisos.feriados import feriados  # noqa: PLC0415  (solo quien cuenta días hábiles los lee)

        propios = {
            f.fecha: f.motivo
            for f in self.servicio.feriados
            if f.fecha.year == anio and f.region in ("", region)
        }
        return {**feriados(anio, region), **propios}

    @cached_property
    def sistema(self) -> Ficha:
        """La ficha del sistema."""
        datos = self.leer(rutas.SISTEMA)
        return leer_ficha(datos, rutas.SISTEMA) if datos else ficha_vacia()

    @cached_property
    def organizacion(self) -> Organizacion:
        """Cargos, personas y subrogancias."""
        return organizacion(self.servicio, self.sistema)

    def leer(self, ruta: str) -> bytes | None:
        """Los bytes de un archivo, o None si no está."""
        return self.leer_varios([ruta]).get(ruta)

    def leer_varios(self, rutas_: Iterable[str]) -> Mapping[str, bytes]:
        """Los bytes de los archivos que existan entre esas rutas."""
        return self.repo.leer_varios(rutas_, self.commit)

    def presentes(self, carpeta: str) -> Mapping[str, str]:
        """Los archivos de una carpeta y su oid."""
        return self.repo.carpeta(carpeta, self.commit)

    def nombres(self, carpeta: str) -> list[str]:
        """Los nombres de lo que una carpeta contiene, sin bajar más."""
        return self.repo.nombres(carpeta, self.commit)

    def todas(self, carpeta: str) -> Mapping[str, str]:
        """Como `presentes`, para una carpeta con miles de archivos."""
        return self.repo.listar(carpeta, self.commit)

    def oids(self, rutas_: Iterable[str]) -> Mapping[str, str]:
        """El oid de cada archivo que exista entre esas rutas."""
        return self.repo.oids(rutas_, self.commit)

    def buscar(self, codigo: str) -> Ficha | None:
        """La ficha de ese código, esté en el área que esté; None si nunca se usó."""
        if "/" in codigo:
            return self._primera([f"{rutas.carpeta_registro(codigo)}/ficha.json"])
        partes = self.servicio.mascara.leer(codigo)
        dicha = [a for a in self.servicio.areas if partes and a == partes.area]
        otras = [a for a in self.servicio.areas if a not in dicha]
        # El área que el código dice, primero: mirar cuarenta carpetas cuesta más que todo el acto.
        propia = self._en_areas(codigo, dicha) or self._en_areas(codigo, otras)
        if propia is not None:
            return propia
        carpeta = self.codigos_cambiados().get(codigo)
        return self._primera([f"{carpeta}/ficha.json"]) if carpeta else None

    def codigos_cambiados(self) -> dict[str, str]:
        """Cada código dado por una reorganización → la carpeta de su documento."""
        datos = self.leer(rutas.CODIGOS)
        if datos is None:
            return {}
        from sgc_gt.dominio.filas import CODIGOS  # noqa: PLC0415  (solo donde hubo una reorganización)
        from sgc_gt.listas.csv import leer  # noqa: PLC0415

        return {str(fila["codigo"]): str(fila["carpeta"]) for fila in leer(datos, CODIGOS)}

    def _en_areas(self, codigo: str, areas: Iterable[str]) -> Ficha | None:
        return self._primera(f"{rutas.carpeta_documento(area, codigo)}/ficha.json" for area in areas)

    def _primera(self, candidatas: Iterable[str]) -> Ficha | None:
        for ruta, datos in self.leer_varios(list(candidatas)).items():
            if self._leida is None or self._leida[0] != datos:  # un acto pide varias veces la misma
                self._leida = (datos, leer_ficha(datos, ruta))
            return self._leida[1]
        return None

    def ficha(self, codigo: str) -> Ficha:
        """La ficha de ese código; NoEncontrado, con los parecidos, si no existe."""
        hallada = self.buscar(codigo) or self._con_el_de_afuera(codigo)
        if hallada is not None:
            return hallada
        self._decir_si_es_otra_cosa(codigo)
        raise NoEncontrado(
            f"el código {codigo} no existe",
            esperado=quiso_decir(codigo, self.codigos()),
            hacer="vea los códigos con: sgc-gt estado",
        )

    def _con_el_de_afuera(self, codigo: str) -> Ficha | None:
        """La del documento importado que traía ese código, si es uno solo: así lo llama todavía la gente."""
        if "/" in codigo or codigo in self.servicio.series:
            return None
        suyas = [f for f in self.fichas() if f.actos and codigo in codigos_de_afuera(f)]
        return suyas[0] if len(suyas) == 1 else None

    def _decir_si_es_otra_cosa(self, codigo: str) -> None:
        """NoEncontrado si el código es de una serie de registros o de un documento externo: no son fichas."""
        if codigo in self.servicio.series:
            suyos = sorted(f.codigo for f in self.instancias(codigo))
            tiene = f"tiene {suyos[0]}" + (f" a {suyos[-1]}" if suyos[1:] else "") if suyos else ""
            raise NoEncontrado(
                f"{codigo} es una serie de registros" + ("" if suyos else " y todavía no tiene ninguno"),
                esperado=f"uno de sus registros: {tiene}" if suyos else "",
                hacer=f"diga cuál; los ve con: sgc-gt historial {codigo}"
                if suyos
                else f"archive el primero con: sgc-gt registrar {codigo}",
            )
        externo = externos_de(self.sistema).get(codigo)
        if externo is not None:
            donde = f"; está en: {externo.ubicacion}" if externo.ubicacion else ""
            raise NoEncontrado(
                f"{codigo} es un documento externo, «{externo.titulo}», de {externo.emisor}{donde}",
                esperado="el código de un documento del servicio: los externos no se guardan aquí",
                hacer="vea la lista de documentos externos con: sgc-gt listas; y sus movimientos con: "
                "sgc-gt historial SISTEMA",
            )

    def oids_fichas(self) -> dict[str, str]:
        """Ruta → oid de todas las fichas."""
        arbol = {**self.todas("documentos"), **self.todas("registros")}
        return {ruta: oid for ruta, oid in arbol.items() if ruta.endswith("/ficha.json")}

    def codigos(self) -> list[str]:
        """Todos los códigos usados alguna vez, y las instancias de registro."""
        return [*(self._codigo(ruta) for ruta in self.oids_fichas()), *self.codigos_cambiados()]

    @staticmethod
    def _codigo(ruta: str) -> str:
        partes = ruta.split("/")
        return partes[2] if partes[0] == "documentos" else "/".join(partes[1:-1])

    def fichas(self) -> Iterator[Ficha]:
        """Todas las fichas, por ruta."""
        for ruta, datos in self.leer_varios(self.oids_fichas()).items():
            yield leer_ficha(datos, ruta)

    def instancias(self, serie: str) -> list[Ficha]:
        """Las instancias archivadas o en trabajo de una serie de registros."""
        return self.instancias_que_dicen(serie, "")

    def instancias_que_dicen(self, serie: str, texto: str) -> list[Ficha]:
        """Las instancias de la serie en cuya ficha está escrito eso: de las demás no se lee más."""
        fichas = [r for r in self.presentes(f"registros/{serie}") if r.endswith("/ficha.json")]
        buscado = texto.encode()
        return [leer_ficha(d, r) for r, d in self.leer_varios(fichas).items() if buscado in d]

    def de_tipo(self, tipo: Tipo) -> Iterator[Ficha]:
        """Las fichas de un tipo: sus documentos por el código que la máscara les da, o los de su serie."""
        if tipo.clase == "registro":
            yield from (f for f in self.instancias(tipo.serie) if f.tipo == tipo.id)
            return
        mascara = self.servicio.mascara
        vistas: set[str] = set()
        for codigo in self.codigos():
            partes = mascara.leer(codigo)
            if codigo == tipo.serie or (partes is not None and partes.tipo == tipo.prefijo):
                ficha = self.buscar(codigo)
                if ficha is not None and ficha.tipo == tipo.id and ficha.clave not in vistas:
                    vistas.add(ficha.clave)
                    yield ficha

    def filas_del_borrador(self, ficha: Ficha, archivo: str, clave: str) -> tuple[Mapping[str, Any], ...]:
        """Las filas de una lista de los datos de un borrador; ninguna si no los tiene."""
        ruta = rutas.datos_de(rutas.ruta_borrador(ficha, archivo))
        datos = self.leer(ruta)
        if datos is None:
            return ()
        from sgc_gt.config.lectura import leer_yaml  # noqa: PLC0415  (solo si una compuerta mira los datos)

        valor = leer_yaml(datos, ruta)[0]
        filas = valor.get(clave) if isinstance(valor, dict) else None
        return tuple(f for f in filas if isinstance(f, dict)) if isinstance(filas, list) else ()

    def plantilla(self, tipo: str, *, solo_margenes: bool = False) -> Plantilla | None:
        """La plantilla Word de un tipo, compilada; None si el tipo no lleva. `solo_margenes`: para sellar."""
        if not self.servicio.tipos[tipo].con_plantilla:
            return None
        from sgc_gt.word.plantilla import Plantilla  # noqa: PLC0415  (300 ms que una consulta no paga)

        ruta = f"{rutas.PLANTILLAS}/{tipo}.docx"
        datos = self.leer(ruta)
        if datos is None:
            raise NoEncontrado(
                f"falta la plantilla {ruta}",
                hacer="recupérela o copie la que trae el programa, y regístrela con: sgc-gt configurar",
            )
        return Plantilla.compilar(datos, ruta, solo_margenes=solo_margenes)


class Persona(NamedTuple):
    """Quién está sentado al teclado y por quién registra. Los correos van en minúsculas."""

    correo: str
    como: str = ""
    cargo: str = ""
    llave: str = ""  # la clave SSH con que su equipo firma, como la nombra su git

    @property
    def actua(self) -> str:
        """El correo de quien es el acto."""
        return self.como or self.correo


class Contexto:
    """Todo lo que una orden necesita: dónde, cuándo y quién."""

    def __init__(self, raiz: Path, reloj: Callable[[], datetime], persona: Persona) -> None:
        self.raiz = raiz
        self.repo = Repositorio.abrir(raiz)
        self.reloj = reloj
        self.persona = persona
        self.sin_firmar = False  # tiene clave registrada y su equipo no firma: se le avisa al terminar

    def vista(self, commit: str | None = None) -> Vista:
        """El servicio en ese commit, o en el último."""
        return Vista(self.repo, commit or self.repo.cabeza())

    def ahora(self, vista: Vista) -> datetime:
        """El instante del reloj en la zona del servicio, sin fracciones de segundo."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415  (las consultas sin fecha no lo necesitan)

        zona = ZoneInfo(vista.servicio.zona_horaria)
        return self.reloj().astimezone(zona).replace(microsecond=0)

    def con(self, persona: Persona) -> Contexto:
        """El mismo contexto para otra persona."""
        otro = Contexto.__new__(Contexto)
        otro.raiz, otro.repo, otro.reloj, otro.persona = self.raiz, self.repo, self.reloj, persona
        otro.sin_firmar = False
        return otro
